import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ConfigurationError } from '../settings/configuration-error.ts';

/**
 * Trusts the certificates of a file beside those this process trusts already. Needed where a machine
 * has a NODE_EXTRA_CA_CERTS of its own, which names one file only and is read at process start.
 *
 * @param file PEM
 * @throws ConfigurationError when the file cannot be read
 */
export function trustCertificates(file: string): void {
  let certificates: string;
  try {
    certificates = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError(
      `local.settings.json: NODE_EXTRA_CA_CERTS is ${file}, which cannot be read; correct or remove it`,
      { cause: error },
    );
  }
  setDefaultCACertificates([...getCACertificates('default'), certificates]);
}

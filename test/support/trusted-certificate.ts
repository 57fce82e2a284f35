import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type Certificate, createCertificate } from '../../dev/certificate.ts';

/**
 * A certificate for servers on loopback that every client in this process trusts from now on,
 * `fetch` as well. (NODE_EXTRA_CA_CERTS would have to be there when the process starts.)
 */
export async function aTrustedCertificate(): Promise<Certificate> {
  const certificate = await createCertificate();
  setDefaultCACertificates([...getCACertificates('default'), certificate.cert]);
  return certificate;
}

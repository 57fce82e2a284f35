import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A certificate and its private key, both as PEM text. */
export interface Certificate {
  /** Private key (PKCS#8 PEM). */
  key: string;
  /** The self-signed certificate (PEM); it is its own authority, so it also serves as `ca`. */
  cert: string;
}

/** Where `writeCertificate` put the two PEM files. */
export interface CertificateFiles {
  keyFile: string;
  /** Also the value for NODE_EXTRA_CA_CERTS of a process that shall trust the certificate. */
  certFile: string;
}

const lifetimeMs = 30 * 24 * 60 * 60 * 1000;
// A certificate that starts "now" is refused by a machine whose clock is a little behind.
const clockSkewMs = 60 * 60 * 1000;

/**
 * Creates a self-signed certificate for 127.0.0.1 and localhost, valid for 30 days. Every start
 * makes a new one, so that no private key is ever kept in the repository. P-256 rather than RSA
 * because it takes milliseconds.
 */
export async function createCertificate(): Promise<Certificate> {
  // A subject of its own: of two trusted certificates with the same one, TLS tries either.
  const commonName = `fleet-sync local environment ${crypto.randomUUID().slice(0, 8)}`;
  const created = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - clockSkewMs),
    notAfterDate: new Date(Date.now() + lifetimeMs),
    extensions: [
      // cA lets the same file be the trust anchor of NODE_EXTRA_CA_CERTS.
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, keyCertSign: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key: created.private, cert: created.cert };
}

/**
 * Writes the certificate as `key.pem` (readable by the owner only) and `cert.pem` into a directory,
 * which is created when it does not exist.
 *
 * @throws the file system's error when the directory cannot be written.
 */
export async function writeCertificate(
  certificate: Certificate,
  directory: string,
): Promise<CertificateFiles> {
  await mkdir(directory, { recursive: true });
  const files = { keyFile: join(directory, 'key.pem'), certFile: join(directory, 'cert.pem') };
  await writeFile(files.keyFile, certificate.key, { mode: 0o600 });
  await writeFile(files.certFile, certificate.cert);
  return files;
}

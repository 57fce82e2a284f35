import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCertificate, writeCertificate } from '../../dev/certificate.ts';

describe('the local certificate', () => {
  it('is an authority for 127.0.0.1 and localhost', async () => {
    const parsed = new X509Certificate((await createCertificate()).cert);
    expect(parsed.ca).toBe(true);
    expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(parsed.checkHost('localhost')).toBe('localhost');
    expect(parsed.checkIP('127.0.0.2')).toBeUndefined();
  });

  it('serves HTTPS to a client that trusts it, by address and by name', async () => {
    const certificate = await createCertificate();
    const server = createServer(certificate, (_request, response) => response.end('ok'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      expect(await statusOf(`https://127.0.0.1:${port}`, certificate.cert)).toBe(200);
      expect(await statusOf(`https://localhost:${port}`, certificate.cert)).toBe(200);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('is written as two files, the key for the owner only', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'certificate-'));
    try {
      const certificate = await createCertificate();
      const files = await writeCertificate(certificate, join(directory, 'new'));
      expect(await readFile(files.keyFile, 'utf8')).toBe(certificate.key);
      expect(await readFile(files.certFile, 'utf8')).toBe(certificate.cert);
      expect((await stat(files.keyFile)).mode & 0o777).toBe(0o600);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

function statusOf(url: string, ca: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { ca, family: 4 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

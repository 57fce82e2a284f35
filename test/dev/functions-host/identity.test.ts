import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startAzurite } from '../../../dev/azurite.ts';
import type { Azurite } from '../../../dev/azurite.ts';
import { createCertificate, writeCertificate } from '../../../dev/certificate.ts';
import type { CertificateFiles } from '../../../dev/certificate.ts';
import { startIdentityEndpoint } from '../../../dev/identity-endpoint/index.ts';
import type { IdentityEndpoint } from '../../../dev/identity-endpoint/index.ts';
import { startApp } from './support/start-app.ts';
import type { RunningApp } from './support/start-app.ts';

let directory: string;
let certificateFiles: CertificateFiles;
/** What a machine's own NODE_EXTRA_CA_CERTS names. */
let machineFile: string;
let azurite: Azurite;
let identity: IdentityEndpoint;
let app: RunningApp;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'functions-host-identity-'));
  certificateFiles = await writeCertificate(await createCertificate(), directory);
  machineFile = join(directory, 'machine.pem');
  // A public authority: OpenSSL mixes up certificates that have the same subject.
  await writeFile(machineFile, rootCertificates[0] ?? '');
  azurite = await startAzurite({ certificateFiles });
  identity = await startIdentityEndpoint();
});
afterEach(() => app.close());
afterAll(async () => {
  await Promise.all([azurite.close(), identity.close()]);
  await rm(directory, { recursive: true });
});

const until = (fact: () => void | Promise<void>) => vi.waitFor(fact, { timeout: 20_000 });

/** Starts the app; Node reads NODE_EXTRA_CA_CERTS when a process starts. */
async function start(certificates: { inFile: string; inEnvironment?: string }): Promise<void> {
  app = await startApp('storage', {
    environment: { NODE_EXTRA_CA_CERTS: certificates.inEnvironment },
    values: {
      ...identity.environment,
      AzureWebJobsStorage__blobServiceUri: azurite.blobServiceUri,
      AzureWebJobsStorage__queueServiceUri: azurite.queueServiceUri,
      AzureWebJobsStorage__credential: 'managedidentity',
      NODE_EXTRA_CA_CERTS: certificates.inFile,
    },
  });
}

const send = async (body: string) => (await app.call('/api/send', { method: 'POST', body })).status;
const troubles = () => app.lines.filter((line) => / (error|warning) /.test(line));

test('queues and timers work by managed identity over HTTPS, configured by local.settings.json', async () => {
  await start({ inFile: certificateFiles.certFile });
  expect(await send('text')).toBe(202);
  await until(() => expect(app.observed()).toEqual(['text']));
  await until(async () => {
    expect(await app.fire('yearly')).toBe(202);
    expect(app.observed().at(-1)).toBe('0001-01-01T00:00:00+00:00');
  });
  expect(troubles()).toEqual([]);
});

test('a machine that has certificates of its own trusts those of local.settings.json too', async () => {
  await start({ inFile: certificateFiles.certFile, inEnvironment: machineFile });
  expect(await send('text')).toBe(202);
  await until(() => expect(app.observed()).toEqual(['text']));
  expect(troubles()).toEqual([]);
});

test('a certificate file that is not there is named', async () => {
  const missing = join(directory, 'missing.pem');
  const certificates = { inFile: missing, inEnvironment: machineFile };
  await expect(start(certificates)).rejects.toThrow(
    `NODE_EXTRA_CA_CERTS is ${missing}, which cannot be read`,
  );
});

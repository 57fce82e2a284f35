import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startAzurite, type AzuriteOptions, type StorageRequest } from '../../../dev/azurite.ts';
import { createCertificate, writeCertificate } from '../../../dev/certificate.ts';
import { startIdentityEndpoint } from '../../../dev/identity-endpoint/index.ts';
import { runScript } from '../support/run-script.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

async function certificateFiles() {
  return writeCertificate(await createCertificate(), await temporaryDirectory());
}

async function anAzurite(options: AzuriteOptions) {
  const azurite = await startAzurite(options);
  onTestFinished(() => azurite.close());
  return azurite;
}

function isAlive(pid: number): boolean {
  try {
    // Signal 0 is not sent; it only asks whether the process is there.
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('queues and tables work over HTTPS through the managed identity', async () => {
  const files = await certificateFiles();
  const azurite = await anAzurite({ certificateFiles: files });
  const identity = await startIdentityEndpoint();
  onTestFinished(() => identity.close());

  const output = await runScript(new URL('use-storage.ts', import.meta.url), {
    ...identity.environment,
    NODE_EXTRA_CA_CERTS: files.certFile,
    QUEUE_SERVICE_URI: azurite.queueServiceUri,
    TABLE_SERVICE_URI: azurite.tableServiceUri,
  });

  expect(JSON.parse(output)).toEqual({ messages: ['hello'], status: 'planning', stale: 412 });
  expect(identity.requests('https://storage.azure.com')).toBe(1);
});

test('each request that storage answers is told to whoever asks for it', async () => {
  const files = await certificateFiles();
  const requests: StorageRequest[] = [];
  const onRequest = (request: StorageRequest) => requests.push(request);
  const azurite = await anAzurite({ certificateFiles: files, onRequest });
  const identity = await startIdentityEndpoint();
  onTestFinished(() => identity.close());

  await runScript(new URL('use-storage.ts', import.meta.url), {
    ...identity.environment,
    NODE_EXTRA_CA_CERTS: files.certFile,
    QUEUE_SERVICE_URI: azurite.queueServiceUri,
    TABLE_SERVICE_URI: azurite.tableServiceUri,
  });

  await vi.waitFor(() => {
    expect(requests.map(({ status }) => status)).toContain(412);
  });
});

test('the three services have addresses of their own on loopback', async () => {
  const azurite = await anAzurite({ certificateFiles: await certificateFiles() });
  const uris = [azurite.blobServiceUri, azurite.queueServiceUri, azurite.tableServiceUri];

  for (const uri of uris) {
    expect(uri).toMatch(/^https:\/\/127\.0\.0\.1:[1-9]\d*\/devstoreaccount1$/);
  }
  expect(new Set(uris).size).toBe(3);
});

test('close ends the process, and may be called again', async () => {
  const azurite = await anAzurite({ certificateFiles: await certificateFiles() });
  await azurite.close();
  await azurite.close();
  expect(isAlive(azurite.pid)).toBe(false);
});

test('it ends when its parent is killed', async () => {
  const { keyFile, certFile } = await certificateFiles();
  const script = new URL('start-and-wait.ts', import.meta.url).pathname;
  const parent = spawn(process.execPath, [script, keyFile, certFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(isAlive(pid)).toBe(true);

  parent.kill('SIGKILL');

  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000, interval: 20 });
});

test('a start that fails says what Azurite said', async () => {
  const directory = await temporaryDirectory();
  const missing = { keyFile: join(directory, 'no.pem'), certFile: join(directory, 'no.pem') };
  await expect(startAzurite({ certificateFiles: missing })).rejects.toThrow(
    /^Azurite ended at its start \(exit code 1\).*ENOENT/,
  );
});

test('a start that takes too long is given up', async () => {
  const files = await certificateFiles();
  await expect(startAzurite({ certificateFiles: files, startTimeoutMs: 1 })).rejects.toThrow(
    'Azurite was not ready after 0.001 s',
  );
});

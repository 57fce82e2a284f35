import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBlobStatusStore } from '../../../../dev/functions-host/timer/blob-status-store.ts';
import { timerBlobs } from '../../../../dev/functions-host/timer/host-container.ts';
import { BlobLock } from '../../../../dev/functions-host/timer/singleton-lock.ts';
import { startPlainAzurite } from '../../../support/azurite.ts';
import type { PlainAzurite } from '../../../support/azurite.ts';

let azurite: PlainAzurite;
let service: BlobServiceClient;

beforeAll(async () => {
  azurite = await startPlainAzurite();
  service = BlobServiceClient.fromConnectionString(azurite.connectionString);
});
afterAll(() => azurite.close());

test('of several that ask at once for a new lock, one gets it', async () => {
  const blobs = timerBlobs(service, 'app', 'contended');
  const locks = Array.from({ length: 5 }, () => new BlobLock(blobs, 15));
  const answers = await Promise.all(locks.map((lock) => lock.acquire()));
  expect(answers.filter(Boolean)).toHaveLength(1);
  await Promise.all(locks.map((lock) => lock.release()));
});

test('a lock is renewed by its holder only, and free once released', async () => {
  const blobs = timerBlobs(service, 'app', 'passed-on');
  const [first, second] = [new BlobLock(blobs, 15), new BlobLock(blobs, 15)];
  expect(await first.acquire()).toBe(true);
  expect(await second.acquire()).toBe(false);
  expect(await first.renew()).toBe(true);
  expect(await second.renew()).toBe(false);
  await first.release();
  expect(await second.acquire()).toBe(true);
  expect(await first.renew()).toBe(false);
});

test('a lock taken over by force is noticed at the next renewal', async () => {
  const blobs = timerBlobs(service, 'app', 'stolen');
  const lock = new BlobLock(blobs, 15);
  await lock.acquire();
  const blob = blobs.container.getBlobClient(blobs.lockName);
  await blob.getBlobLeaseClient().breakLease(0);
  await blob.getBlobLeaseClient().acquireLease(15);
  expect(await lock.renew()).toBe(false);
});

test('a status is kept under the names of the real host', async () => {
  const store = createBlobStatusStore(timerBlobs(service, 'app', 'weekly'));
  expect(await store.read()).toBeUndefined();
  const instant = new Date('2026-04-15T10:20:30Z');
  await store.write({ last: instant, next: instant, lastUpdated: instant });
  const blob = service
    .getContainerClient('azure-webjobs-hosts')
    .getBlobClient('timers/app/Host.Functions.weekly/status');
  expect(JSON.parse((await blob.downloadToBuffer()).toString())).toEqual({
    Last: '2026-04-15T10:20:30+00:00',
    Next: '2026-04-15T10:20:30+00:00',
    LastUpdated: '2026-04-15T10:20:30+00:00',
  });
  expect(await store.read()).toEqual({ last: instant, next: instant, lastUpdated: instant });
});

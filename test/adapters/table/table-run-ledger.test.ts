import type { TableClient } from '@azure/data-tables';
import { beforeEach, describe, expect, it } from 'vitest';
import { toDeviceEntities, toSkippedEntity } from '../../../src/adapters/table/device-entity.ts';
import type { TableRunLedger } from '../../../src/adapters/table/table-run-ledger.ts';
import { type Batch, closeBatch } from '../../../src/core/batch.ts';
import { StaleBatchError } from '../../../src/use-cases/ports.ts';
import {
  aBatch,
  aBatchDevice,
  aDeviceId,
  aNewRunId,
  aRunId,
  batchDevices,
  startOfTest as now,
} from '../../support/factories.ts';
import { collect } from '../../support/collect.ts';
import { countRequests, rowsAskedFor } from '../../support/storage.ts';
import { aLedger, storedBatch } from './support/a-ledger.ts';

let table: TableClient;
let ledger: TableRunLedger;
beforeEach(() => ({ table, ledger } = aLedger()));

const batches = (count: number, from = 0): Batch[] =>
  Array.from({ length: count }, (_, place) => aBatch({ number: from + place }));

/** The batch as it is stored now. */
const stored = (number?: number) => storedBatch(ledger, number);

/** As many devices as a batch has at most, whose names take the most room: 255 escaped characters. */
const longNamed = () => batchDevices(98).map((device) => ({ ...device, name: '"'.repeat(255) }));

const done = (batch: Batch) =>
  closeBatch(batch, 'done', { outcome: 'accepted', acceptedAt: now }, now);

describe('before there is a table', () => {
  it('there is nothing to get, list or clear', async () => {
    expect(await ledger.getBatch(aRunId, 0)).toBeUndefined();
    expect(await numbers(ledger.listBatches(aRunId, 0))).toEqual([]);
    await ledger.clear(aRunId);
  });
});

describe('addBatches', () => {
  it('keeps each batch as it is', async () => {
    await ledger.addBatches(batches(3));
    expect((await stored(1)).batch).toEqual(aBatch({ number: 1 }));
    expect(await ledger.getBatch(aRunId, 3)).toBeUndefined();
  });

  it('refuses a second plan, and keeps the first one whole', async () => {
    await ledger.addBatches(batches(2, 1));
    const second = [aBatch({ number: 0 }), aBatch({ number: 1, throttled: 9 })];
    await expect(ledger.addBatches(second)).rejects.toThrow();
    expect(await numbers(ledger.listBatches(aRunId, 0))).toEqual([1, 2]);
    expect((await stored(1)).batch.throttled).toBe(0);
  });

  it('keeps 98 devices with the longest names there are', async () => {
    const batch = aBatch({ devices: longNamed() });
    await ledger.addBatches([batch]);
    expect((await stored()).batch).toEqual(batch);
    const row = await table.getEntity(aRunId, 'batch-0000000');
    expect(Object.keys(row)).toEqual(expect.arrayContaining(['devices', 'devices1']));
  });

  it('keeps a hundred such batches at once', async () => {
    const devices = longNamed();
    const many = batches(100).map((batch) => ({ ...aBatch({ devices }), number: batch.number }));
    await ledger.addBatches(many);
    expect((await numbers(ledger.listBatches(aRunId, 0))).length).toBe(100);
    expect((await stored(99)).batch).toEqual(many[99]);
  });
});

describe('addSkipped', () => {
  it('keeps a row for each device, however many', async () => {
    const skipped = batchDevices(101).map((device) => ({ ...device, reason: 'leaving' as const }));
    await ledger.addSkipped(aRunId, skipped);
    expect(await deviceRows(table)).toEqual(
      skipped.map((device) => toSkippedEntity(aRunId, device)),
    );
  });

  it('of no device does nothing', async () => {
    await ledger.addSkipped(aRunId, []);
    expect(await ledger.getBatch(aRunId, 0)).toBeUndefined();
  });
});

describe('saveBatch', () => {
  beforeEach(() => ledger.addBatches(batches(1)));

  it('stores the batch, and gives what it takes to store it again', async () => {
    const first = await ledger.saveBatch({ ...(await stored()), batch: aBatch({ throttled: 1 }) });
    const second = await ledger.saveBatch({ ...first, batch: aBatch({ throttled: 2 }) });
    expect(await stored()).toEqual(second);
    expect(second.batch).toEqual(aBatch({ throttled: 2 }));
  });

  it('takes away what the batch no longer has: its claim, and text it does not need', async () => {
    const claimed = { ...aBatch({ devices: longNamed() }), claimedBy: 'message-1', aliveAt: now };
    const saved = await ledger.saveBatch({ ...(await stored()), batch: claimed });
    await ledger.saveBatch({ ...saved, batch: aBatch() });
    expect((await stored()).batch).toEqual(aBatch());
  });

  it('keeps the longest outcomes that 98 devices can have', async () => {
    const result = {
      outcome: 'failed',
      code: 'x'.repeat(60),
      message: '"'.repeat(160),
      requestId: aDeviceId(),
    } as const;
    const devices = batchDevices(98);
    const batch = aBatch({
      devices,
      progress: devices.map(() => ({ attempts: 6, failures: 6, result })),
    });
    await ledger.saveBatch({ ...(await stored()), batch });
    expect((await stored()).batch).toEqual(batch);
  });

  it('refuses to overwrite what another wrote since', async () => {
    const mine = await stored();
    await ledger.saveBatch({ ...(await stored()), batch: aBatch({ throttled: 1 }) });
    const overwritten = ledger.saveBatch({ ...mine, batch: aBatch({ throttled: 2 }) });
    await expect(overwritten).rejects.toThrow(StaleBatchError);
    expect((await stored()).batch.throttled).toBe(1);
  });

  it('lets one of two writers at once through', async () => {
    const read = await stored();
    const saves = [1, 2].map((throttled) =>
      ledger.saveBatch({ ...read, batch: aBatch({ throttled }) }),
    );
    const outcomes = await Promise.allSettled(saves);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('finishBatch', () => {
  beforeEach(() => ledger.addBatches(batches(1)));

  it('writes the batch and a row for each of its devices', async () => {
    const read = await stored();
    await ledger.finishBatch({ ...read, batch: done(read.batch) });
    expect((await stored()).batch).toEqual(done(aBatch()));
    expect(await deviceRows(table)).toEqual(toDeviceEntities(done(aBatch())));
  });

  it('replaces the row that an earlier plan left of a device', async () => {
    const [device = aBatchDevice()] = aBatch().devices;
    await ledger.addSkipped(aRunId, [{ ...device, reason: 'leaving' }]);
    const read = await stored();
    await ledger.finishBatch({ ...read, batch: done(read.batch) });
    expect(await deviceRows(table)).toEqual(toDeviceEntities(done(aBatch())));
  });

  it('takes the largest batch there is', async () => {
    const largest = aBatch({ number: 1, devices: batchDevices(98) });
    await ledger.addBatches([largest]);
    await ledger.finishBatch({ ...(await stored(1)), batch: done(largest) });
    expect((await deviceRows(table)).length).toBe(98);
  });

  it('writes nothing at all when another wrote the batch since', async () => {
    const mine = await stored();
    await ledger.saveBatch({ ...(await stored()), batch: aBatch({ throttled: 1 }) });
    const finished = ledger.finishBatch({ ...mine, batch: done(mine.batch) });
    await expect(finished).rejects.toThrow(StaleBatchError);
    expect((await stored()).batch).toEqual(aBatch({ throttled: 1 }));
    expect(await deviceRows(table)).toEqual([]);
  });

  it('writes nothing at all when the row of one device cannot be written', async () => {
    const read = await stored();
    const devices = [...batchDevices(2), aBatchDevice({ id: 'not/a/key' })];
    const finished = ledger.finishBatch({ ...read, batch: done({ ...read.batch, devices }) });
    await expect(finished).rejects.not.toThrow(StaleBatchError);
    expect((await stored()).batch).toEqual(aBatch());
    expect(await deviceRows(table)).toEqual([]);
  });
});

describe('listBatches', () => {
  it('gives a run’s batches from a number on, in order, and nothing else', async () => {
    const other = aNewRunId();
    await ledger.addBatches([11, 2, 100, 9].map((number) => aBatch({ number })));
    await ledger.addBatches([aBatch({ runId: other, number: 50 })]);
    await ledger.addSkipped(aRunId, [{ ...aBatchDevice(), reason: 'leaving' }]);
    expect(await numbers(ledger.listBatches(aRunId, 0))).toEqual([2, 9, 11, 100]);
    expect(await numbers(ledger.listBatches(aRunId, 9))).toEqual([9, 11, 100]);
    expect(await numbers(ledger.listBatches(other, 0))).toEqual([50]);
    expect(await numbers(ledger.listBatches(aNewRunId(), 0))).toEqual([]);
  });

  it('asks for a few batches first, which is as far as most looks at a run go', async () => {
    await ledger.addBatches(
      Array.from({ length: 110 }, (_, number) => aBatch({ number, devices: [] })),
    );
    const asked = rowsAskedFor(table);
    expect((await numbers(ledger.listBatches(aRunId, 0))).length).toBe(110);
    expect(asked).toEqual([100, 1_000]);
  });

  it('follows every page, and reads no further than it is asked to', async () => {
    await ledger.addBatches(
      Array.from({ length: 1_100 }, (_, number) => aBatch({ number, devices: [] })),
    );
    expect((await numbers(ledger.listBatches(aRunId, 0))).length).toBe(1_100);
    const requests = countRequests(table);
    for await (const { number } of ledger.listBatches(aRunId, 0)) if (number === 5) break;
    expect(requests()).toBe(1);
  });
});

describe('clear', () => {
  it('removes every row of a run, and none of another', async () => {
    const other = aNewRunId();
    await ledger.addBatches(batches(101));
    await ledger.addSkipped(
      aRunId,
      batchDevices(2).map((device) => ({ ...device, reason: 'leaving' })),
    );
    await ledger.addBatches([aBatch({ runId: other })]);
    await ledger.clear(aRunId);
    const left = await collect(table.listEntities());
    expect(left.map(({ partitionKey }) => partitionKey)).toEqual([other]);
  });

  it('makes room for a new plan', async () => {
    await ledger.addBatches(batches(2));
    await ledger.clear(aRunId);
    await ledger.addBatches(batches(1));
    expect(await numbers(ledger.listBatches(aRunId, 0))).toEqual([0]);
  });
});

async function numbers(listed: AsyncIterable<{ number: number }>): Promise<number[]> {
  return (await collect(listed)).map(({ number }) => number);
}

/** The device rows of the run, without what the service adds. */
async function deviceRows(client: TableClient): Promise<object[]> {
  const rows = await collect(client.listEntities());
  return rows
    .filter(({ rowKey }) => rowKey?.startsWith('device-'))
    .map(({ etag: _etag, timestamp: _timestamp, ...row }) => row);
}

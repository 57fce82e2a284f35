import type { TableClient } from '@azure/data-tables';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeToken } from '../../../src/adapters/table/continuation-token.ts';
import { eachDeviceReport, listDeviceReports } from '../../../src/adapters/table/device-reports.ts';
import type { TableRunLedger } from '../../../src/adapters/table/table-run-ledger.ts';
import { type Batch, closeBatch } from '../../../src/core/batch.ts';
import type { DeviceReport } from '../../../src/core/device-report.ts';
import { InvalidTokenError } from '../../../src/use-cases/ports.ts';
import {
  aBatch,
  aBatchDevice,
  aDeviceId,
  aNewRunId,
  aRunId,
  startOfTest as now,
} from '../../support/factories.ts';
import { collect } from '../../support/collect.ts';
import { countRequests, rowsAskedFor } from '../../support/storage.ts';
import { aLedger, storedBatch } from './support/a-ledger.ts';

let table: TableClient;
let ledger: TableRunLedger;
beforeEach(() => ({ table, ledger } = aLedger()));

/** A device with this number in its id and name. */
const device = (number: number) =>
  aBatchDevice({ id: aDeviceId(number), name: `WS-${number}`, lastSyncAt: undefined });

/** A pending batch of the devices from one number to another. */
const batchOf = (number: number, from: number, to: number): Batch => {
  const devices = Array.from({ length: to - from + 1 }, (_, place) => device(from + place));
  return aBatch({ number, devices });
};

/** Ends a batch: each of its devices was accepted at its first attempt. */
async function finish(number: number, outcome: 'accepted' | 'failed' = 'accepted'): Promise<void> {
  const stored = await storedBatch(ledger, number);
  const batch = closeBatch(stored.batch, 'done', { outcome, code: 'c1' }, now);
  await ledger.finishBatch({ ...stored, batch });
}

/** Every device of the run, read in pages of a size. */
async function listed(limit: number, outcomes?: readonly string[]) {
  const sizes: number[] = [];
  const devices: DeviceReport[] = [];
  let continuationToken: string | undefined;
  do {
    const page = await listDeviceReports(table, aRunId, {
      limit,
      ...(outcomes === undefined ? {} : { outcomes }),
      ...(continuationToken === undefined ? {} : { continuationToken }),
    });
    sizes.push(page.value.length);
    devices.push(...page.value);
    ({ continuationToken } = page);
  } while (continuationToken !== undefined);
  return { devices, sizes };
}

const numbersOf = (devices: readonly DeviceReport[]) =>
  devices.map(({ deviceName }) => Number(deviceName.slice(3)));

/** A run in the middle: a batch is done, one failed, two are open, and two devices were skipped. */
async function aRunInTheMiddle(): Promise<void> {
  const batches = [batchOf(0, 1, 5), batchOf(1, 6, 10), batchOf(2, 11, 15), batchOf(3, 16, 17)];
  await ledger.addBatches(batches);
  await ledger.addSkipped(aRunId, [
    { ...device(18), reason: 'leaving' },
    { ...device(19), reason: 'excluded' },
  ]);
  await finish(0);
  await finish(2, 'failed');
}

describe('the report of a device', () => {
  it('whose batch is open is planned, with what is known of it', async () => {
    await ledger.addBatches([aBatch({ devices: [aBatchDevice()] })]);
    expect(await listDeviceReports(table, aRunId, { limit: 10 })).toEqual({
      value: [
        {
          deviceId: aDeviceId(),
          deviceName: 'WS-000001',
          platform: 'windows',
          outcome: 'planned',
          attempts: 0,
          previousCheckInAt: '2026-01-03T02:00:00.000Z',
        },
      ],
    });
  });

  it('that has its outcome before its batch is done has it at once', async () => {
    const result = { outcome: 'accepted', acceptedAt: now, requestId: 'r1' } as const;
    const progress = [
      { attempts: 2, failures: 1, result },
      { attempts: 1, failures: 1, retryAt: now },
    ];
    await ledger.addBatches([aBatch({ devices: [device(1), device(2)], progress })]);
    const { devices } = await listed(10);
    expect(devices).toMatchObject([
      { outcome: 'accepted', attempts: 2, requestId: 'r1', acceptedAt: '2026-01-04T02:00:00.000Z' },
      { outcome: 'planned', attempts: 1 },
    ]);
  });

  it('that failed, or was skipped, says why', async () => {
    await aRunInTheMiddle();
    const { devices } = await listed(100, ['failed', 'skipped']);
    const last = { platform: 'windows', attempts: 0 };
    expect(devices.filter(({ deviceName }) => ['WS-11', 'WS-19'].includes(deviceName))).toEqual([
      { ...last, deviceId: aDeviceId(11), deviceName: 'WS-11', outcome: 'failed', code: 'c1' },
      {
        ...last,
        deviceId: aDeviceId(19),
        deviceName: 'WS-19',
        outcome: 'skipped',
        reason: 'excluded',
      },
    ]);
  });

  it('is of its run alone; of a run without devices, or a table, there is none', async () => {
    expect(await listDeviceReports(table, aRunId, { limit: 10 })).toEqual({ value: [] });
    await aRunInTheMiddle();
    expect(await listDeviceReports(table, aNewRunId(), { limit: 10 })).toEqual({ value: [] });
  });
});

describe('pages', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 9, 18, 19, 20, 5_000])(
    'of %i devices hold every device once, in the same order',
    async (limit) => {
      await aRunInTheMiddle();
      const { devices, sizes } = await listed(limit);
      // Open batches first, then what has an outcome.
      expect(numbersOf(devices)).toEqual([
        ...[6, 7, 8, 9, 10, 16, 17],
        ...[1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 18, 19],
      ]);
      const full = Math.floor(19 / limit);
      const rest = 19 % limit;
      expect(sizes).toEqual([
        ...Array.from({ length: full }, () => limit),
        ...(rest > 0 ? [rest] : []),
      ]);
    },
  );

  it.each([
    [['planned'], [6, 7, 8, 9, 10, 16, 17]],
    [['accepted'], [1, 2, 3, 4, 5]],
    [
      ['failed', 'skipped'],
      [11, 12, 13, 14, 15, 18, 19],
    ],
    [
      ['planned', 'failed'],
      [6, 7, 8, 9, 10, 16, 17, 11, 12, 13, 14, 15],
    ],
    [['silent'], []],
  ])(
    'of the outcomes %j hold those devices only, whatever their size',
    async (outcomes, numbers) => {
      await aRunInTheMiddle();
      for (const limit of [1, 3, 100]) {
        expect(numbersOf((await listed(limit, outcomes)).devices)).toEqual(numbers);
      }
    },
  );

  it('lose no device whose batch ends between two of them', async () => {
    await aRunInTheMiddle();
    const first = await listDeviceReports(table, aRunId, { limit: 3 });
    await finish(1);
    await finish(3);
    const { continuationToken = '' } = first;
    const rest = await listDeviceReports(table, aRunId, { limit: 100, continuationToken });
    const seen = new Set(numbersOf([...first.value, ...rest.value]));
    expect([...seen].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 19 }, (_, place) => place + 1),
    );
  });

  it('read no batch that is final: its devices have rows of their own', async () => {
    const batches = Array.from({ length: 3 }, (_, number) =>
      batchOf(number, number + 1, number + 1),
    );
    await ledger.addBatches(batches);
    for (const { number } of batches) await finish(number);
    const requests = countRequests(table);
    expect(numbersOf((await listed(100)).devices)).toEqual([1, 2, 3]);
    expect(requests()).toBe(1);
  });
});

describe('a page that is asked for', () => {
  it('of an open run costs a few batches, not a thousand', async () => {
    await ledger.addBatches(Array.from({ length: 60 }, (_, number) => batchOf(number, 1, 50)));
    const asked = rowsAskedFor(table);
    const { continuationToken = '' } = await listDeviceReports(table, aRunId, { limit: 500 });
    const { value } = await listDeviceReports(table, aRunId, { limit: 500, continuationToken });
    expect(value.length).toBe(500);
    expect(asked).toEqual([26, 26]);
  });

  it('of a finished run costs as many rows as it has devices', async () => {
    await ledger.addSkipped(
      aRunId,
      Array.from({ length: 300 }, (_, number) => ({ ...device(number), reason: 'leaving' })),
    );
    const asked = rowsAskedFor(table);
    const { continuationToken = '' } = await listDeviceReports(table, aRunId, { limit: 100 });
    const { value } = await listDeviceReports(table, aRunId, { limit: 100, continuationToken });
    expect(value.length).toBe(100);
    expect(asked).toEqual([6, 95, 101]);
  });

  it('is sought in full pages where few devices are wanted', async () => {
    await ledger.addBatches(Array.from({ length: 60 }, (_, number) => batchOf(number, 1, 2)));
    await finish(59, 'failed');
    const asked = rowsAskedFor(table);
    const { devices } = await listed(100, ['failed']);
    expect(numbersOf(devices)).toEqual([1, 2]);
    expect(asked).toEqual([6, 1_000]);
  });
});

describe('a pass over all devices', () => {
  /** Every device that one pass hands over. */
  const eachOf = async (outcomes?: readonly string[]) =>
    (await collect(eachDeviceReport(table, aRunId, outcomes))).flat();

  it.each([undefined, ['planned'], ['accepted', 'skipped'], ['planned', 'failed'], ['silent']])(
    'hands over what pages hold: %j',
    async (outcomes) => {
      await aRunInTheMiddle();
      expect(await eachOf(outcomes)).toEqual((await listed(100, outcomes)).devices);
    },
  );

  it('is empty of a run without devices, or a table', async () => {
    expect(await eachOf()).toEqual([]);
  });

  it('fetches each page of rows once, however many devices are in it', async () => {
    const devices = Array.from({ length: 98 }, (_, number) => device(number));
    const batches = Array.from({ length: 30 }, (_, number) => aBatch({ number, devices }));
    await ledger.addBatches(batches);
    await ledger.addSkipped(
      aRunId,
      Array.from({ length: 1_500 }, (_, number) => ({ ...device(number), reason: 'leaving' })),
    );
    const requests = countRequests(table);
    const sizes = (await collect(eachDeviceReport(table, aRunId, undefined))).map(
      ({ length }) => length,
    );
    expect(sizes).toEqual([1_000, 1_000, 1_000, 1_000, 30 * 98 + 1_500 - 4_000]);
    expect(requests()).toBe(2);
  });

  it('reads no further than it is asked to', async () => {
    await ledger.addSkipped(
      aRunId,
      Array.from({ length: 1_100 }, (_, number) => ({ ...device(number), reason: 'leaving' })),
    );
    const requests = countRequests(table);
    for await (const some of eachDeviceReport(table, aRunId, undefined)) {
      expect(some.length).toBe(1_000);
      break;
    }
    expect(requests()).toBe(1);
  });

  it('misses no device of a batch that ends while it is read', async () => {
    // More open batches than a page of rows has, so that the pass is between two pages of them.
    const open = Array.from({ length: 1_010 }, (_, number) => batchOf(number, number, number));
    await ledger.addBatches(open);
    const seen: DeviceReport[] = [];
    for await (const some of eachDeviceReport(table, aRunId, undefined)) {
      if (seen.length === 0) for (const number of [0, 999, 1_005]) await finish(number);
      seen.push(...some);
    }
    const outcomesOf = (number: number) =>
      seen.filter(({ deviceId }) => deviceId === aDeviceId(number)).map(({ outcome }) => outcome);
    expect(new Set(numbersOf(seen))).toEqual(new Set(open.map(({ number }) => number)));
    expect([0, 999, 1_005, 1_006].map(outcomesOf)).toEqual([
      ['planned', 'accepted'],
      ['planned', 'accepted'],
      ['accepted'],
      ['planned'],
    ]);
  });
});

describe('a continuation token', () => {
  const notOurs = [
    'x',
    '',
    encodeToken('batch-0000001'),
    encodeToken(['batch-0000001']),
    encodeToken(['batch-0000001', -1]),
    encodeToken(['batch-0000001', 0.5]),
    encodeToken(['batch-0000001', '0']),
    encodeToken(["batch-0' or PartitionKey ne '", 0]),
    encodeToken(['run', 0]),
    encodeToken(['batch-0000001', 0, 0]),
    encodeToken(aRunId),
  ];

  it.each(notOurs)('that was tampered with is refused, and nothing is read: %j', async (token) => {
    const requests = countRequests(table);
    const page = listDeviceReports(table, aRunId, { limit: 1, continuationToken: token });
    await expect(page).rejects.toThrow(InvalidTokenError);
    expect(requests()).toBe(0);
  });

  it('of another run opens no door to it: the page is of the run that was asked for', async () => {
    await aRunInTheMiddle();
    const { continuationToken = '' } = await listDeviceReports(table, aRunId, { limit: 1 });
    const other = await listDeviceReports(table, aNewRunId(), { limit: 10, continuationToken });
    expect(other).toEqual({ value: [] });
  });
});

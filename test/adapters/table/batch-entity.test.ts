import { describe, expect, it } from 'vitest';
import {
  BATCH_ROWS_END,
  batchRowKey,
  fromBatchEntity,
  toBatchEntity,
  toSummary,
} from '../../../src/adapters/table/batch-entity.ts';
import { type Batch, totalsOf } from '../../../src/core/batch.ts';
import {
  aBatch,
  aBatchDevice,
  aRunId,
  batchDevices,
  startOfTest as now,
} from '../../support/factories.ts';

/** A batch in which every property is set. */
const full: Batch = {
  ...aBatch({ number: 12, devices: batchDevices(3), throttled: 2, requeues: 1 }),
  status: 'done',
  dueAt: now + 5_000,
  claimedBy: 'message-1',
  aliveAt: now + 6_000,
  finishedAt: now + 7_000,
  progress: [
    {
      attempts: 1,
      failures: 0,
      result: { outcome: 'accepted', acceptedAt: now, requestId: 'r1' },
    },
    { attempts: 3, failures: 2, retryAt: now + 9_000 },
    {
      attempts: 1,
      failures: 0,
      result: { outcome: 'failed', code: 'Conflict', message: 'in conflict' },
    },
  ],
};

describe('a batch in its row', () => {
  it.each<[string, Batch]>([
    ['has just been planned', aBatch()],
    ['has everything set', full],
    [
      'has a device that never checked in',
      aBatch({ devices: [aBatchDevice({ lastSyncAt: undefined })] }),
    ],
    [
      'has names in other scripts',
      aBatch({ devices: [aBatchDevice({ name: '"Zoë’s" 電話 📱 \n' })] }),
    ],
    ['has no devices', aBatch({ devices: [] })],
  ])('that %s comes back as it was', (_, batch) => {
    expect(fromBatchEntity(batch.runId, toBatchEntity(batch))).toEqual(batch);
  });

  it('can be read by people: times as text, counts in columns', () => {
    expect(toBatchEntity(full)).toMatchObject({
      partitionKey: aRunId,
      rowKey: 'batch-0000012',
      number: 12,
      status: 'done',
      dueAt: '2026-01-04T02:00:05.000Z',
      claimedBy: 'message-1',
      success: 1,
      error: 1,
      cancelled: 0,
      unknown: 1,
      throttled: 2,
      errorsByCode: '{"Conflict":1}',
    });
  });

  it('is summed up without its devices', () => {
    const { devices: _devices, progress: _progress, throttled: _throttled, ...rest } = full;
    const { runId: _runId, ...summary } = rest;
    expect(toSummary(toBatchEntity(full))).toEqual({ ...summary, totals: totalsOf(full) });
  });

  it('reads the same where Azure gives a property that was selected but never set as null', () => {
    const entity = toBatchEntity(aBatch());
    const withNulls = { ...entity, claimedBy: null, aliveAt: null, finishedAt: null };
    expect(toSummary(withNulls)).toEqual(toSummary(entity));
    expect(fromBatchEntity(aRunId, withNulls)).toEqual(aBatch());
  });

  it('that somebody else wrote is refused', () => {
    expect(() => fromBatchEntity(aRunId, { ...toBatchEntity(full), status: 'odd' })).toThrow();
    expect(() => fromBatchEntity(aRunId, { rowKey: 'batch-0000012' })).toThrow();
  });
});

describe('batchRowKey', () => {
  it('sorts by number, before the end of the batches and before every device', () => {
    const keys = [0, 9, 10, 99_999, 9_999_999].map(batchRowKey);
    expect(keys.toSorted()).toEqual(keys);
    expect([...keys, BATCH_ROWS_END, 'device-0'].toSorted()).toEqual([
      ...keys,
      BATCH_ROWS_END,
      'device-0',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { type DeviceResult, closeBatch, pendingBatch, totalsOf } from '../../src/core/batch.ts';
import { processedOf } from '../../src/core/totals.ts';
import { aBatch, aRunId, batchDevices, startOfTest as now } from '../support/factories.ts';

const tried = (result?: DeviceResult) => ({
  attempts: 2,
  failures: 1,
  ...(result === undefined ? { retryAt: now + 1 } : { result }),
});

describe('pendingBatch', () => {
  it('has nothing sent, nobody at work, and is due as planned', () => {
    const devices = batchDevices(2);
    expect(pendingBatch(aRunId, 7, devices, now)).toEqual({
      runId: aRunId,
      number: 7,
      status: 'pending',
      devices,
      progress: [
        { attempts: 0, failures: 0 },
        { attempts: 0, failures: 0 },
      ],
      throttled: 0,
      scheduledAt: now,
      dueAt: now,
      requeues: 0,
    });
  });
});

describe('totalsOf', () => {
  it('counts each outcome once, and errors by code', () => {
    const progress = [
      tried({ outcome: 'accepted', acceptedAt: now }),
      tried({ outcome: 'accepted', acceptedAt: now }),
      tried({ outcome: 'notFound', code: 'ResourceNotFound' }),
      tried({ outcome: 'notSupported', code: 'BadRequest' }),
      tried({ outcome: 'failed', code: 'timeout' }),
      tried({ outcome: 'failed', code: 'timeout' }),
      tried({ outcome: 'failed' }),
      tried({ outcome: 'cancelled' }),
      tried({ outcome: 'unknown', code: 'interrupted' }),
      tried(),
    ];
    expect(totalsOf(aBatch({ devices: batchDevices(10), progress, throttled: 4 }))).toEqual({
      success: 2,
      error: 5,
      cancelled: 1,
      unknown: 2,
      batches: 1,
      throttled: 4,
      errorsByCode: { ResourceNotFound: 1, BadRequest: 1, timeout: 2, failed: 1 },
    });
  });
});

describe('closeBatch', () => {
  const open = aBatch({
    progress: [tried({ outcome: 'accepted', acceptedAt: now }), tried(), tried()],
    claimedBy: 'message',
    aliveAt: now,
  });
  const closed = closeBatch(
    open,
    'cancelled',
    { outcome: 'unknown', code: 'interrupted' },
    now + 9,
  );

  it('gives every device without a result the same one, and ends waits and claim', () => {
    const { claimedBy: _claimedBy, aliveAt: _aliveAt, ...rest } = open;
    const unresolved = { outcome: 'unknown', code: 'interrupted' };
    expect(closed).toEqual({
      ...rest,
      status: 'cancelled',
      progress: [
        { attempts: 2, failures: 1, result: { outcome: 'accepted', acceptedAt: now } },
        { attempts: 2, failures: 1, result: unresolved },
        { attempts: 2, failures: 1, result: unresolved },
      ],
      finishedAt: now + 9,
    });
  });

  it('adds up: its totals are the number of its devices', () => {
    expect(processedOf(totalsOf(closed))).toBe(open.devices.length);
  });

  it('leaves the batch it was given alone', () => {
    expect(open.status).toBe('pending');
  });
});

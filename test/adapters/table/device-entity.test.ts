import { describe, expect, it } from 'vitest';
import { toDeviceEntities, toSkippedEntity } from '../../../src/adapters/table/device-entity.ts';
import {
  aBatch,
  aBatchDevice,
  aDeviceId,
  aRunId,
  startOfTest as now,
} from '../../support/factories.ts';

describe('the row of a device', () => {
  it('tells what was sent, what came of it, and when the device had checked in before', () => {
    const batch = aBatch({
      number: 4,
      devices: [aBatchDevice()],
      progress: [
        {
          attempts: 2,
          failures: 1,
          result: { outcome: 'accepted', acceptedAt: now, requestId: 'r1' },
        },
      ],
    });
    expect(toDeviceEntities(batch)).toEqual([
      {
        partitionKey: aRunId,
        rowKey: `device-${aDeviceId()}`,
        name: 'WS-000001',
        platform: 'windows',
        outcome: 'accepted',
        attempts: 2,
        batch: 4,
        requestId: 'r1',
        acceptedAt: '2026-01-04T02:00:00.000Z',
        previousCheckInAt: '2026-01-03T02:00:00.000Z',
      },
    ]);
  });

  it('of a failure has its code and message', () => {
    const result = { outcome: 'failed', code: 'timeout', message: 'no answer' } as const;
    const batch = aBatch({
      devices: [aBatchDevice({ lastSyncAt: undefined })],
      progress: [{ attempts: 6, failures: 6, result }],
    });
    expect(toDeviceEntities(batch)).toEqual([
      {
        partitionKey: aRunId,
        rowKey: `device-${aDeviceId()}`,
        name: 'WS-000001',
        platform: 'windows',
        outcome: 'failed',
        attempts: 6,
        batch: 0,
        code: 'timeout',
        message: 'no answer',
      },
    ]);
  });

  it('without a result is unknown', () => {
    expect(toDeviceEntities(aBatch()).map(({ outcome }) => outcome)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('that was skipped has the reason and no attempt', () => {
    expect(toSkippedEntity(aRunId, { ...aBatchDevice(), reason: 'leaving' })).toEqual({
      partitionKey: aRunId,
      rowKey: `device-${aDeviceId()}`,
      name: 'WS-000001',
      platform: 'windows',
      outcome: 'skipped',
      reason: 'leaving',
      attempts: 0,
      previousCheckInAt: '2026-01-03T02:00:00.000Z',
    });
  });
});

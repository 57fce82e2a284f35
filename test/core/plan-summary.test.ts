import { describe, expect, it } from 'vitest';
import { type PlanSummary, summarizePlan } from '../../src/core/plan-summary.ts';
import type { Plan, PlannedDevice, SkippedDevice } from '../../src/core/plan.ts';
import { aBatchDevice, aDeviceId, batchDevices } from '../support/factories.ts';

const pace = { batchSize: 50, writesPerSecond: 8, batchDelayMs: 0 };

/** The summary of a plan with these devices. */
function summary(plan: Partial<Plan>, changes: Partial<typeof pace> = {}): PlanSummary {
  return summarizePlan({ devices: [], skipped: [], ...plan }, { ...pace, ...changes });
}

const named = (number: number) => ({
  deviceId: aDeviceId(number),
  deviceName: `WS-${String(number).padStart(6, '0')}`,
});

const missing = (number: number): PlannedDevice => ({
  id: aDeviceId(number),
  name: '',
  platform: '',
  lastSyncAt: undefined,
  result: { outcome: 'notFound', code: 'notFound' },
});

describe('the summary of a plan', () => {
  it('of nothing is nothing', () => {
    expect(summary({})).toEqual({
      devices: 0,
      notFound: 0,
      byPlatform: {},
      byReason: {},
      calls: 0,
      estimatedSeconds: 0,
      sample: { byPlatform: {}, byReason: {} },
    });
  });

  it('counts what would be sent, by platform, and what would not, by reason', () => {
    const [windows, phone, excluded, leaving] = batchDevices(4) as [
      PlannedDevice,
      PlannedDevice,
      PlannedDevice,
      PlannedDevice,
    ];
    const skipped: SkippedDevice[] = [
      { ...excluded, reason: 'excluded' },
      { ...leaving, reason: 'leaving' },
    ];
    expect(summary({ devices: [windows, { ...phone, platform: 'iOS' }], skipped })).toEqual({
      devices: 2,
      notFound: 0,
      byPlatform: { windows: 1, iOS: 1 },
      byReason: { excluded: 1, leaving: 1 },
      calls: 1,
      estimatedSeconds: 1,
      sample: {
        byPlatform: { windows: [named(1)], iOS: [named(2)] },
        byReason: { excluded: [named(3)], leaving: [named(4)] },
      },
    });
  });

  it('counts ids that no device has apart: nothing is sent to them', () => {
    expect(summary({ devices: [aBatchDevice(), missing(2), missing(3)] })).toMatchObject({
      devices: 1,
      notFound: 2,
      byPlatform: { windows: 1 },
      calls: 1,
      sample: { byPlatform: { windows: [{ deviceId: aDeviceId(1), deviceName: 'WS-000001' }] } },
    });
  });

  it('shows the first five devices of each platform and each reason', () => {
    const skipped = batchDevices(9).map((device) => ({ ...device, reason: 'leaving' }) as const);
    const { sample } = summary({ devices: batchDevices(6), skipped });
    const five = [1, 2, 3, 4, 5].map(named);
    expect(sample).toEqual({ byPlatform: { windows: five }, byReason: { leaving: five } });
  });
});

describe('the calls of a plan', () => {
  it.each([
    [1, 50, 1],
    [4, 50, 1],
    [5, 50, 2],
    [50, 50, 13],
    [51, 50, 14],
    [100, 50, 26],
    [98, 98, 25],
    [3, 1, 3],
  ])(
    'to %i devices in batches of %i are %i: four writes, half a second, in each',
    (count, size, calls) => {
      expect(summary({ devices: batchDevices(count) }, { batchSize: size }).calls).toBe(calls);
    },
  );
});

describe('the estimate of a plan', () => {
  it.each([
    [7, 0, 1],
    [8, 0, 2],
    [1_000, 0, 128],
    // Twenty batches have nineteen waits between them.
    [1_000, 10_000, 190],
    [1_000, 1_000, 128],
    [50, 10_000, 7],
  ])('for %i devices with %i ms between batches is %i s', (count, batchDelayMs, seconds) => {
    const { estimatedSeconds } = summary({ devices: batchDevices(count) }, { batchDelayMs });
    expect(estimatedSeconds).toBe(seconds);
  });

  it('is that of the write budget at hand', () => {
    const devices = batchDevices(100);
    expect(summary({ devices }, { writesPerSecond: 20 }).estimatedSeconds).toBe(6);
    expect(summary({ devices }, { writesPerSecond: 0.1 }).estimatedSeconds).toBe(1_020);
  });
});

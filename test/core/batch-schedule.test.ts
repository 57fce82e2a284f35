import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleBatches } from '../../src/core/batch-schedule.ts';
import { batchDevices } from '../support/factories.ts';

const pace = { batchSize: 50, writesPerSecond: 8, batchDelayMs: 0 };

describe('scheduleBatches', () => {
  it.each([
    [0, []],
    [1, [1]],
    [50, [50]],
    [51, [50, 1]],
    [1_001, [...Array.from({ length: 20 }, () => 50), 1]],
  ])('splits %i devices into batches of 50', (count, sizes) => {
    const schedule = scheduleBatches(batchDevices(count), pace);
    expect(schedule.map(({ devices }) => devices.length)).toEqual(sizes);
  });

  it('makes batches due at the pace of the write budget', () => {
    const schedule = scheduleBatches(batchDevices(151), pace);
    expect(schedule.map(({ delayMs }) => delayMs)).toEqual([0, 6_250, 12_500, 18_750]);
  });

  it('keeps at least the batch delay between two batches', () => {
    const schedule = scheduleBatches(batchDevices(101), { ...pace, batchDelayMs: 10_000 });
    expect(schedule.map(({ delayMs }) => delayMs)).toEqual([0, 10_000, 20_000]);
  });

  it('loses no device, repeats none, keeps their order, and never goes back in time', () => {
    const anyPace = fc.record({
      batchSize: fc.integer({ min: 1, max: 98 }),
      writesPerSecond: fc.double({ min: 0.1, max: 20, noNaN: true }),
      batchDelayMs: fc.integer({ min: 0, max: 3_600_000 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), anyPace, (count, any) => {
        const devices = batchDevices(count);
        const schedule = scheduleBatches(devices, any);
        expect(schedule.flatMap((batch) => batch.devices)).toEqual(devices);
        for (const [place, batch] of schedule.entries()) {
          expect(batch.devices.length).toBeGreaterThan(0);
          expect(batch.devices.length).toBeLessThanOrEqual(any.batchSize);
          expect(batch.delayMs).toBeGreaterThanOrEqual(schedule[place - 1]?.delayMs ?? 0);
        }
      }),
    );
  });
});

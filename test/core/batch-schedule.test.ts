import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleBatches, writesOf } from '../../src/core/batch-schedule.ts';
import { aBatchDevice, batchDevices, syncCommand } from '../support/factories.ts';

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

  it('makes batches due at the pace of the write budget, 5 s before it can take them', () => {
    const schedule = scheduleBatches(batchDevices(151), pace);
    expect(schedule.map(({ delayMs }) => delayMs)).toEqual([0, 1_375, 7_750, 14_125]);
  });

  it('keeps at least the batch delay between two batches', () => {
    const schedule = scheduleBatches(batchDevices(101), { ...pace, batchDelayMs: 10_000 });
    expect(schedule.map(({ delayMs }) => delayMs)).toEqual([0, 10_000, 20_000]);
  });

  it('counts that delay from when the batch before is due, not from when it might have been', () => {
    const slow = batchDevices(196).map((device) => ({ ...device, platform: 'android' }));
    const devices = [...slow, ...batchDevices(196)];
    const schedule = scheduleBatches(devices, { ...pace, batchDelayMs: 5_000 }, syncCommand.bulk);
    expect(schedule.map(({ delayMs }) => delayMs)).toEqual([0, 7_495, 19_990, 24_990]);
  });

  it('makes batches of 98 in bulk, each due at the pace of one write', () => {
    const schedule = scheduleBatches(batchDevices(98 * 60), pace, syncCommand.bulk);
    expect(new Set(schedule.map(({ devices }) => devices.length))).toEqual(new Set([98]));
    expect(schedule.at(-1)?.delayMs).toBe(59 * 127.5 - 5_000 + 0.5);
  });

  it('counts devices that bulk does not take with a write each', () => {
    const phones = batchDevices(980).map((device) => ({ ...device, platform: 'android' }));
    const schedule = scheduleBatches(phones, pace, syncCommand.bulk);
    expect(schedule.map(({ delayMs }) => delayMs).slice(0, 3)).toEqual([0, 7_495, 19_990]);
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

describe('writesOf', () => {
  it.each([
    [0, 0],
    [1, 1],
    [98, 1],
    [99, 2],
    [197, 3],
  ])('counts one for each call of 98 devices: %i devices, %i writes', (count, writes) => {
    expect(writesOf(batchDevices(count), syncCommand.bulk)).toBe(writes);
  });

  it('counts one for each command that goes by itself, and none for what is known already', () => {
    const phones = batchDevices(3).map((device) => ({ ...device, platform: 'android' }));
    const missing = { ...aBatchDevice(), result: { outcome: 'notFound' } } as const;
    expect(writesOf([...phones, missing, aBatchDevice()], syncCommand.bulk)).toBe(4);
    expect(writesOf([...phones, missing, aBatchDevice()])).toBe(4);
    expect(writesOf([missing])).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { progressOf, withSample } from '../../src/core/progress.ts';
import { aRun, someTotals, startOfTest as start } from '../support/factories.ts';

const sample = (seconds: number, processed: number) => ({ at: start + seconds * 1_000, processed });

describe('withSample', () => {
  it('adds to no samples', () => {
    expect(withSample([], sample(0, 0))).toEqual([sample(0, 0)]);
  });

  it('keeps the last minute and one sample before it', () => {
    const samples = [0, 10, 20, 30, 40, 50, 60, 70].map((at) => sample(at, at));
    expect(withSample(samples, sample(85, 85)).map(({ at }) => (at - start) / 1_000)).toEqual([
      20, 30, 40, 50, 60, 70, 85,
    ]);
  });

  it('keeps the one before a long gap, so that there is a rate', () => {
    const samples = [sample(0, 0), sample(10, 10)];
    expect(withSample(samples, sample(600, 20))).toEqual([sample(10, 10), sample(600, 20)]);
  });

  it('stays short in a run of a day', () => {
    let samples: ReturnType<typeof withSample> = [];
    for (let at = 0; at < 86_400; at += 10) samples = withSample(samples, sample(at, at));
    expect(samples.length).toBe(8);
  });
});

describe('progressOf', () => {
  const running = aRun({
    status: 'running',
    totalDevices: 110,
    skippedByReason: { leaving: 10 },
    totals: someTotals({ success: 20, error: 5 }),
    samples: [sample(0, 5), sample(10, 25)],
  });

  it('gives percent of what is in batches, the rate, and when that rate is done', () => {
    expect(progressOf(running)).toEqual({
      percent: 25,
      devicesPerSecond: 2,
      estimatedCompletionAt: start + 10_000 + (75 / 2) * 1_000,
    });
  });

  it('knows no rate from one sample, nor from two of one moment', () => {
    const noRate = { percent: 25, devicesPerSecond: 0, estimatedCompletionAt: undefined };
    expect(progressOf({ ...running, samples: [] })).toEqual(noRate);
    expect(progressOf({ ...running, samples: [sample(0, 5)] })).toEqual(noRate);
    expect(progressOf({ ...running, samples: [sample(0, 5), sample(0, 9)] })).toEqual(noRate);
  });

  it('estimates nothing while nothing moves', () => {
    const { estimatedCompletionAt } = progressOf({
      ...running,
      samples: [sample(0, 25), sample(60, 25)],
    });
    expect(estimatedCompletionAt).toBeUndefined();
  });

  it('estimates nothing for a run that ended', () => {
    const { estimatedCompletionAt } = progressOf({ ...running, status: 'failed' });
    expect(estimatedCompletionAt).toBeUndefined();
  });

  it.each([
    ['planning', 0],
    ['running', 0],
    ['completed', 100],
    ['failed', 100],
  ] as const)('of a run without devices that is %s is %i %%', (status, percent) => {
    expect(progressOf(aRun({ status })).percent).toBe(percent);
  });

  it('rounds to a tenth', () => {
    const third = { ...running, totalDevices: 40, totals: someTotals({ success: 10 }) };
    expect(progressOf(third)).toMatchObject({ percent: 33.3 });
  });
});

import { describe, expect, it } from 'vitest';
import { durationSeconds, metricNames, metricsOf } from '../../src/core/metrics.ts';
import { aRun, someTotals, startOfTest } from '../support/factories.ts';

describe('metricsOf', () => {
  it('gives every metric of a run that ended, under its name', () => {
    const run = aRun({
      status: 'completedWithErrors',
      completedAt: startOfTest + 90_500,
      totalDevices: 200,
      skippedByReason: { leaving: 3, unsupportedPlatform: 7 },
      totals: someTotals({ success: 130, error: 50, unknown: 10, batches: 4, throttled: 6 }),
    });
    expect(metricsOf(run)).toEqual({
      TotalDevices: 200,
      SuccessCount: 130,
      ErrorCount: 50,
      Duration: 90.5,
      SkippedCount: 10,
      UnknownCount: 10,
      BatchesProcessed: 4,
      ThrottledCount: 6,
      ErrorRatePercent: 25,
    });
  });

  it('gives 0 % errors of an empty run', () => {
    expect(metricsOf(aRun({ status: 'completed', completedAt: startOfTest }))).toEqual({
      TotalDevices: 0,
      SuccessCount: 0,
      ErrorCount: 0,
      Duration: 0,
      SkippedCount: 0,
      UnknownCount: 0,
      BatchesProcessed: 0,
      ThrottledCount: 0,
      ErrorRatePercent: 0,
    });
  });

  it('has a name in the list for each of them, and no name twice', () => {
    const names: readonly string[] = Object.values(metricNames);
    expect(Object.keys(metricsOf(aRun())).filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('durationSeconds', () => {
  it('goes on while the run is open', () => {
    expect(durationSeconds(aRun(), startOfTest + 1_500)).toBe(1.5);
  });

  it('stands once it ended', () => {
    const run = aRun({ completedAt: startOfTest + 2_000 });
    expect(durationSeconds(run, startOfTest + 60_000)).toBe(2);
  });
});

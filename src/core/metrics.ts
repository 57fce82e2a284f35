import type { CheckInCounts } from './check-in-tally.ts';
import { type Run, skippedOf } from './run.ts';

/** Every custom metric the app emits, under the name by which alerts and workbooks know it. */
export const metricNames = {
  totalDevices: 'TotalDevices',
  successCount: 'SuccessCount',
  errorCount: 'ErrorCount',
  duration: 'Duration',
  skippedCount: 'SkippedCount',
  unknownCount: 'UnknownCount',
  batchesProcessed: 'BatchesProcessed',
  throttledCount: 'ThrottledCount',
  errorRatePercent: 'ErrorRatePercent',
  devicesPerSecond: 'DevicesPerSecond',
  hoursSinceLastSuccessfulRun: 'HoursSinceLastSuccessfulRun',
  openRuns: 'OpenRuns',
  poisonMessages: 'PoisonMessages',
  checkedInCount: 'CheckedInCount',
  silentCount: 'SilentCount',
  checkInMedianMinutes: 'CheckInMedianMinutes',
} as const;

export type MetricName = (typeof metricNames)[keyof typeof metricNames];
export type Metrics = Partial<Record<MetricName, number>>;

/** The metrics of a run that ended. `Duration` in seconds, `ErrorRatePercent` of all devices. */
export function metricsOf(run: Run): Metrics {
  const { totals, totalDevices } = run;
  return {
    TotalDevices: totalDevices,
    SuccessCount: totals.success,
    ErrorCount: totals.error,
    Duration: durationSeconds(run, run.completedAt ?? run.createdAt),
    SkippedCount: skippedOf(run),
    UnknownCount: totals.unknown,
    BatchesProcessed: totals.batches,
    ThrottledCount: totals.throttled,
    ErrorRatePercent: totalDevices > 0 ? (totals.error / totalDevices) * 100 : 0,
  };
}

/** The metrics of a verification; without a check-in there is no median. */
export function checkInMetricsOf({ checkedIn, silent, medianMinutes }: CheckInCounts): Metrics {
  return {
    CheckedInCount: checkedIn,
    SilentCount: silent,
    ...(medianMinutes === undefined ? {} : { CheckInMedianMinutes: medianMinutes }),
  };
}

/** How long the run took, until its end or until `now`, seconds. */
export function durationSeconds(run: Pick<Run, 'createdAt' | 'completedAt'>, now: number): number {
  return ((run.completedAt ?? now) - run.createdAt) / 1000;
}

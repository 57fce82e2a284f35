import type { MetricValues } from './received-metrics.ts';
import { runMetricNames } from './received-metrics.ts';
import type { Run } from './run.ts';

/** One metric beside the run's own value. */
export interface MetricComparison {
  name: (typeof runMetricNames)[number];
  received: number | undefined;
  expected: number;
  isEqual: boolean;
}

/** Seconds. A run gives its duration in minutes with four decimals, the metric has all of them. */
const durationTolerance = 0.01;
/** Percentage points, for the one value that is a division. */
const percentTolerance = 0.01;

/** Every metric of a run, as received and as the run itself says, in the order of the contract. */
export function compareMetrics(run: Run, received: MetricValues): MetricComparison[] {
  const expected = expectedMetrics(run);
  return runMetricNames.map((name) => {
    const tolerance =
      name === 'Duration' ? durationTolerance : name === 'ErrorRatePercent' ? percentTolerance : 0;
    const value = received[name];
    const isEqual = value !== undefined && Math.abs(value - expected[name]) <= tolerance;
    return { name, received: value, expected: expected[name], isEqual };
  });
}

function expectedMetrics(run: Run): Record<MetricComparison['name'], number> {
  const { totalDevices, success, error, skipped, unknown } = run.totals;
  return {
    TotalDevices: totalDevices,
    SuccessCount: success,
    ErrorCount: error,
    Duration: (run.durationMinutes ?? 0) * 60,
    SkippedCount: skipped,
    UnknownCount: unknown,
    BatchesProcessed: run.batchesProcessed,
    ThrottledCount: run.throttledCount,
    ErrorRatePercent: totalDevices === 0 ? 0 : (100 * error) / totalDevices,
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { ReceivedMetric } from '../ingestion-endpoint/index.ts';

/** The metrics that every run emits exactly once, when it has ended. */
export const runMetricNames = [
  'TotalDevices',
  'SuccessCount',
  'ErrorCount',
  'Duration',
  'SkippedCount',
  'UnknownCount',
  'BatchesProcessed',
  'ThrottledCount',
  'ErrorRatePercent',
] as const;

/** Received metrics by name. */
export type MetricValues = Readonly<Record<string, number>>;

/**
 * One value for each metric that came in. The metrics of a run are added up, so that one which was
 * emitted twice shows as a wrong value; of all others, which are readings, the latest mean counts.
 */
export function summariseMetrics(metrics: readonly ReceivedMetric[]): MetricValues {
  const values: Record<string, number> = {};
  for (const { name, value, count } of metrics) {
    const isOfRun = (runMetricNames as readonly string[]).includes(name);
    values[name] = isOfRun ? (values[name] ?? 0) + value : value / Math.max(1, count);
  }
  return values;
}

/** How long telemetry is waited for. */
export interface WaitOptions {
  timeoutMs: number;
  signal: AbortSignal;
  /** Time between two looks, in milliseconds. Default 200. */
  intervalMs?: number;
}

/** Waits until every metric of a run came in, `timeoutMs` at most; returns what came in. */
export async function untilRunMetrics(
  received: () => readonly ReceivedMetric[],
  { timeoutMs, signal, intervalMs = 200 }: WaitOptions,
): Promise<MetricValues> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const values = summariseMetrics(received());
    const isComplete = runMetricNames.every((name) => values[name] !== undefined);
    if (isComplete || performance.now() > deadline) return values;
    await sleep(intervalMs, undefined, { signal });
  }
}

import type { PlannedDevice } from './plan.ts';

export interface BatchPace {
  /** Devices in a batch. */
  readonly batchSize: number;
  readonly writesPerSecond: number;
  /** The least time between two batches, ms; the runbook's BatchDelaySeconds. */
  readonly batchDelayMs: number;
}

/**
 * Splits devices into batches and says when each is due: at the pace of the write budget, since a
 * message that becomes visible earlier would only wait on billed time.
 */
export function scheduleBatches(
  devices: readonly PlannedDevice[],
  { batchSize, writesPerSecond, batchDelayMs }: BatchPace,
): { devices: readonly PlannedDevice[]; delayMs: number }[] {
  const spacingMs = Math.max((batchSize / writesPerSecond) * 1000, batchDelayMs);
  const count = Math.ceil(devices.length / batchSize);
  return Array.from({ length: count }, (_, number) => ({
    devices: devices.slice(number * batchSize, (number + 1) * batchSize),
    delayMs: Math.round(number * spacingMs),
  }));
}

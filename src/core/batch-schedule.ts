import type { BulkCommand } from './actions/action.ts';
import type { PlannedDevice } from './plan.ts';
import { isBulkDevice } from './send-mode.ts';
import { paceOf } from './write-slot.ts';

export interface BatchPace {
  /** Devices in a batch that is sent one by one. */
  readonly batchSize: number;
  readonly writesPerSecond: number;
  /** The least time between two batches, ms; the runbook's BatchDelaySeconds. */
  readonly batchDelayMs: number;
}

/**
 * Devices in a batch that is sent in bulk, whatever its usual size: a table transaction takes 100
 * items, and a batch needs one of its own beside those of its devices.
 */
export const BULK_BATCH_SIZE = 98;

/** Batches come this much before the budget can take them, so that none of it is left unused, ms. */
const LEAD_MS = 5_000;

/** A batch to be, and how long after the plan it is due. */
export interface ScheduledBatch {
  readonly devices: readonly PlannedDevice[];
  readonly delayMs: number;
}

/**
 * Splits devices into batches and says when each is due: at the pace of the write budget, since a
 * message that becomes visible earlier would only wait on billed time.
 *
 * @param bulk how to send to many devices in one call; absent: they are sent to one by one
 */
export function scheduleBatches(
  devices: readonly PlannedDevice[],
  { batchSize, writesPerSecond, batchDelayMs }: BatchPace,
  bulk?: BulkCommand,
): ScheduledBatch[] {
  const size = bulk === undefined ? batchSize : BULK_BATCH_SIZE;
  const count = Math.ceil(devices.length / size);
  let budgetMs = -LEAD_MS;
  let earliestMs = 0;
  return Array.from({ length: count }, (_, number) => {
    const part = devices.slice(number * size, (number + 1) * size);
    const delayMs = Math.round(Math.max(budgetMs, earliestMs));
    budgetMs += (writesOf(part, bulk) / paceOf(writesPerSecond)) * 1000;
    earliestMs = delayMs + batchDelayMs;
    return { devices: part, delayMs };
  });
}

/** Writes that devices cost: one for each command, and one for all that go in bulk together. */
export function writesOf(devices: readonly PlannedDevice[], bulk?: BulkCommand): number {
  const toSend = devices.filter(({ result }) => result === undefined);
  const inBulk = toSend.filter((device) => isBulkDevice(bulk, device)).length;
  return toSend.length - inBulk + Math.ceil(inBulk / BULK_BATCH_SIZE);
}

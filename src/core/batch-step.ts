import type { BulkCommand } from './actions/action.ts';
import type { Batch, SendMode } from './batch.ts';
import { isBulkDevice } from './send-mode.ts';

/** JSON `$batch` takes 20 requests at most (learn.microsoft.com/graph/json-batching). */
export const CHUNK_SIZE = 20;

export type BatchStep =
  /** Send to these devices now, by their place in the batch, in one call. */
  | { readonly kind: 'send'; readonly mode: SendMode; readonly indexes: readonly number[] }
  /** Every device that is left has a wait; the first ends at `until`. */
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'finish' };

/**
 * What to do next for a batch.
 *
 * @param bulk how to send to many devices in one call; absent: that is not to be done
 */
export function nextStep(batch: Batch, now: number, bulk?: BulkCommand): BatchStep {
  const due: Record<SendMode, number[]> = { bulk: [], perDevice: [] };
  let until = Number.POSITIVE_INFINITY;
  for (const [index, device] of batch.progress.entries()) {
    if (device.result !== undefined) continue;
    const retryAt = device.retryAt ?? 0;
    until = Math.min(until, retryAt);
    if (retryAt > now) continue;
    const isBulk = device.isSingle !== true && isBulkDevice(bulk, batch.devices[index]);
    due[isBulk ? 'bulk' : 'perDevice'].push(index);
  }
  if (due.bulk.length > 0) {
    return { kind: 'send', mode: 'bulk', indexes: due.bulk.slice(0, bulk?.maxDevices) };
  }
  if (due.perDevice.length > 0) {
    return { kind: 'send', mode: 'perDevice', indexes: due.perDevice.slice(0, CHUNK_SIZE) };
  }
  return Number.isFinite(until) ? { kind: 'wait', until } : { kind: 'finish' };
}

/** Writes that a batch has left to do. */
export function writesLeft(batch: Batch, bulk?: BulkCommand): number {
  const open = batch.progress.flatMap(({ result, isSingle = false }, index) =>
    result === undefined ? [{ isSingle, device: batch.devices[index] }] : [],
  );
  const inBulk = open.filter(({ isSingle, device }) => !isSingle && isBulkDevice(bulk, device));
  return open.length - inBulk.length + (inBulk.length > 0 ? 1 : 0);
}

import type { Batch } from './batch.ts';

/** JSON `$batch` takes 20 requests at most (learn.microsoft.com/graph/json-batching). */
export const CHUNK_SIZE = 20;

export type BatchStep =
  /** Send to these devices now, by their place in the batch; at most `CHUNK_SIZE`. */
  | { readonly kind: 'send'; readonly indexes: readonly number[] }
  /** Every device that is left has a wait; the first ends at `until`. */
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'finish' };

/** What to do next for a batch. */
export function nextStep(batch: Batch, now: number): BatchStep {
  const due: number[] = [];
  let until = Number.POSITIVE_INFINITY;
  for (const [index, device] of batch.progress.entries()) {
    if (device.result !== undefined) continue;
    const retryAt = device.retryAt ?? 0;
    if (retryAt <= now && due.length < CHUNK_SIZE) due.push(index);
    until = Math.min(until, retryAt);
  }
  if (due.length > 0) return { kind: 'send', indexes: due };
  return Number.isFinite(until) ? { kind: 'wait', until } : { kind: 'finish' };
}

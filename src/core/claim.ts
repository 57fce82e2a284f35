import type { Batch } from './batch.ts';

/**
 * A delivery without a sign of life for this long is taken for dead. The platform itself would hide
 * its message for 10 minutes; a chunk takes well under a minute even with a renewed token.
 */
export const STALLED_AFTER_MS = 90_000;

/** Clocks of two instances, or of an instance and the queue, may differ by this much. */
export const CLOCK_SKEW_MS = 5_000;

export type Claim =
  | { readonly kind: 'claimed'; readonly batch: Batch }
  /** Another delivery is at work on it: this message is one too many. */
  | { readonly kind: 'busy' }
  /** The batch is to rest for `delayMs` more: the message came too soon. */
  | { readonly kind: 'early'; readonly delayMs: number };

/**
 * Whether a delivery may work on a pending batch. The same message delivered again takes over at
 * once: its earlier delivery failed, or lost its hold of the message, and the ETag keeps that one
 * from writing.
 *
 * @param messageId the storage queue's id of the delivered message
 */
export function claimBatch(batch: Batch, messageId: string, now: number): Claim {
  const isHeld = batch.claimedBy !== undefined && batch.claimedBy !== messageId;
  if (isHeld && now - (batch.aliveAt ?? 0) < STALLED_AFTER_MS) return { kind: 'busy' };
  if (batch.claimedBy === undefined && batch.dueAt - now > CLOCK_SKEW_MS) {
    return { kind: 'early', delayMs: batch.dueAt - now };
  }
  return { kind: 'claimed', batch: { ...batch, claimedBy: messageId, aliveAt: now } };
}

/** Ends a claim without an end of the batch: it goes on with another message at `dueAt`. */
export function putBack(batch: Batch, dueAt: number): Batch {
  const { claimedBy: _claimedBy, aliveAt: _aliveAt, ...rest } = batch;
  return { ...rest, dueAt };
}

/**
 * Whether a pending batch needs a new message: nobody works on it, or nobody does any more. Each
 * replacement of a message that nobody took doubles the patience, since it may just be waiting in a
 * long queue.
 *
 * @param queueDelayMs how long messages of the run are known to wait
 */
export function needsMessage(
  batch: Pick<Batch, 'dueAt' | 'claimedBy' | 'aliveAt' | 'requeues'>,
  now: number,
  queueDelayMs = 0,
): boolean {
  if (batch.claimedBy !== undefined) return now - (batch.aliveAt ?? 0) > STALLED_AFTER_MS;
  return now - batch.dueAt > queueDelayMs + STALLED_AFTER_MS * 2 ** Math.min(batch.requeues, 6);
}

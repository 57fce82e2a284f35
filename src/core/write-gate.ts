import { rateAt } from './send-rate.ts';
import type { WriteBudgetState } from './write-budget.ts';
import { WINDOW_MS } from './write-slot.ts';

/** A lower rate shows so much later, ms: a window that is full empties slowly. */
const REACTION_MS = 5_000;

/**
 * Whether writes that were reserved may still go: the gate may have closed since.
 *
 * @param at the moment that was reserved
 */
export function isStillOpen(state: WriteBudgetState, at: number): boolean {
  return at >= state.closedUntil;
}

/**
 * Takes in that writes were throttled: the gate closes for everyone, and the rate is cut. Calls that
 * were on their way when the gate closed do not cut again, nor do those soon after: they tell of the
 * old rate.
 *
 * @param at the moment that was reserved for the throttled writes
 * @param waitMs for how long Graph asked to wait, or backoff; never opens a gate closed for longer
 */
export function throttle(
  state: WriteBudgetState,
  { at, waitMs }: { at: number; waitMs: number },
  ceiling: number,
  now: number,
): WriteBudgetState {
  const closedUntil = Math.max(state.closedUntil, now + waitMs);
  if (at < Math.max(state.cutAt + REACTION_MS, state.closedUntil)) {
    return closedUntil > state.closedUntil ? { ...state, closedUntil } : state;
  }
  const limit = rateAt(state, ceiling, now) * shareBelow(waitMs);
  return { ...state, closedUntil, limit, cutAt: now };
}

/**
 * The share of a rate that was throttled at which it would not have been. Graph asks for a wait until
 * its window has room: the longer, the sooner the window was full. A short wait says nothing more
 * than that the limit is reached; one that is longer than half the window is no measure of the rate.
 */
function shareBelow(waitMs: number): number {
  return Math.min(1, 1.25 * (1 - Math.min(0.5, waitMs / WINDOW_MS)));
}

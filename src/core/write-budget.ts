/** The write budget's shared state. Times are ms since the epoch. */
export interface WriteBudgetState {
  /** When the next write may go. */
  readonly nextAt: number;
  /** Nobody may write before this: Graph throttled somebody. */
  readonly closedUntil: number;
}

export const freshBudget: WriteBudgetState = { nextAt: 0, closedUntil: 0 };

export type Reservation =
  /** The writes may go in `waitMs`, and are counted. */
  | { readonly kind: 'granted'; readonly waitMs: number; readonly state: WriteBudgetState }
  /** The wait would be longer than wanted, and nothing is counted. */
  | { readonly kind: 'tooFar'; readonly waitMs: number };

/**
 * Reserves `count` writes on a virtual schedule (GCRA without a burst): each write takes its share
 * of a second, and a reservation starts where the one before it ends. In any window of W seconds
 * at most `rate * W` writes and one reservation go, whoever sends them.
 *
 * @param rate writes per second
 * @param maxWaitMs the longest wait the caller would sit out
 */
export function reserve(
  state: WriteBudgetState,
  count: number,
  rate: number,
  { now, maxWaitMs }: { now: number; maxWaitMs: number },
): Reservation {
  const at = Math.max(now, state.nextAt, state.closedUntil);
  if (at - now > maxWaitMs) return { kind: 'tooFar', waitMs: at - now };
  return {
    kind: 'granted',
    waitMs: at - now,
    state: { ...state, nextAt: at + (count / rate) * 1000 },
  };
}

/** Closes the gate for all workers until `until`; a shorter wait never opens a longer one. */
export function closeGate(state: WriteBudgetState, until: number): WriteBudgetState {
  return until > state.closedUntil ? { ...state, closedUntil: until } : state;
}

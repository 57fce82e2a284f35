import type { BatchSummary } from './batch.ts';
import { type Totals, addTotals, noTotals } from './totals.ts';

export interface Fold {
  readonly foldedThrough: number;
  readonly folded: Totals;
  /** `folded` and the final batches beyond it. */
  readonly totals: Totals;
  /** When the last final batch ended, ms since the epoch. */
  readonly lastFinishedAt?: number;
}

/**
 * Folds batches into a run's totals. They are computed from the batch items every time and never
 * incremented, so that a message that comes twice cannot count twice.
 *
 * @param base what was folded before
 * @param open the batches from `base.foldedThrough` on, in order
 */
export function foldBatches(base: Omit<Fold, 'totals'>, open: readonly BatchSummary[]): Fold {
  let { foldedThrough, folded } = base;
  let beyond: Totals = noTotals;
  let lastFinishedAt = base.lastFinishedAt ?? 0;
  for (const batch of open) {
    if (batch.status === 'pending') continue;
    lastFinishedAt = Math.max(lastFinishedAt, batch.finishedAt ?? 0);
    if (batch.number === foldedThrough) {
      foldedThrough++;
      folded = addTotals(folded, batch.totals);
    } else {
      beyond = addTotals(beyond, batch.totals);
    }
  }
  return {
    foldedThrough,
    folded,
    totals: addTotals(folded, beyond),
    ...(lastFinishedAt > 0 ? { lastFinishedAt } : {}),
  };
}

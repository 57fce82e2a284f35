import type { BatchSummary } from './batch.ts';

/**
 * How far the workers of a run are behind its plan, ms: how long the batch that was overdue longest
 * had waited when its worker was last heard of. Those that come after it wait for as long without
 * being lost, since with few instances messages become visible faster than they are taken.
 *
 * @param batches any of the run; those that nobody has taken say nothing
 */
export function queueDelayOf(batches: readonly BatchSummary[]): number {
  return batches.reduce(
    (longest, { dueAt, aliveAt, finishedAt }) =>
      Math.max(longest, (finishedAt ?? aliveAt ?? dueAt) - dueAt),
    0,
  );
}

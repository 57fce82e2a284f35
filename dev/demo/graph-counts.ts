import type { GraphStatistics } from '../graph-simulator/index.ts';

/** What the simulated Graph counted, as far as a demo reports it. */
export type GraphCounts = Pick<
  GraphStatistics,
  'listRequests' | 'writes' | 'throttled' | 'devicesSynced' | 'duplicateSyncs' | 'maxWritesPer20s'
>;

/** Picks the reported counts. */
export function graphCounts(statistics: GraphStatistics): GraphCounts {
  const { listRequests, writes, throttled, devicesSynced, duplicateSyncs, maxWritesPer20s } =
    statistics;
  return { listRequests, writes, throttled, devicesSynced, duplicateSyncs, maxWritesPer20s };
}

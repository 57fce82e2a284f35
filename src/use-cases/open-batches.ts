import type { BatchSummary } from '../core/batch.ts';
import { STALLED_AFTER_MS } from '../core/claim.ts';
import type { Run } from '../core/run.ts';
import type { Ports } from './ports.ts';

/**
 * The batches of a run that are not folded yet, in order: up to the first that nobody can have
 * touched, since the plan wants it later. So a look costs the same in a run of a million devices.
 * Of a run that is being stopped it is all of them.
 */
export async function openBatches(
  { ledger }: Pick<Ports, 'ledger'>,
  run: Run,
  now: number,
): Promise<BatchSummary[]> {
  const open: BatchSummary[] = [];
  for await (const batch of ledger.listBatches(run.id, run.foldedThrough)) {
    if (batch.number >= run.batchCount) break;
    if (run.stop === undefined && batch.scheduledAt > now + STALLED_AFTER_MS) break;
    open.push(batch);
  }
  return open;
}

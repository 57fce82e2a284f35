import pMap from 'p-map';
import { type BatchSummary, closeBatch } from '../core/batch.ts';
import { unresolvedResult } from '../core/run-end.ts';
import type { Run, RunStop } from '../core/run.ts';
import { type Ports, StaleBatchError } from './ports.ts';

/** How long a worker has to end its batch itself after a stop: it looks before every chunk. */
const WORKER_GRACE_MS = 20_000;

/** Transactions at once; one takes some 20 ms, so 2,000 batches are closed in seconds. */
const CONCURRENCY = 16;

/**
 * Closes the batches of a run that was stopped. A batch that a worker holds is left to that worker
 * for a while; after it, what that worker may have been sending is unknown.
 *
 * @returns whether any batch was closed
 */
export async function closeOpenBatches(
  { ledger, clock }: Pick<Ports, 'ledger' | 'clock'>,
  run: Run,
  stop: RunStop,
  open: readonly BatchSummary[],
): Promise<boolean> {
  const now = clock.now();
  const isWorkerAlive = (batch: BatchSummary) =>
    batch.claimedBy !== undefined && now - Math.max(batch.aliveAt ?? 0, stop.at) < WORKER_GRACE_MS;
  const toClose = open.filter((batch) => batch.status === 'pending' && !isWorkerAlive(batch));
  await pMap(toClose, ({ number }) => close(ledger, run.id, number, stop, now), {
    concurrency: CONCURRENCY,
  });
  return toClose.length > 0;
}

async function close(
  ledger: Ports['ledger'],
  runId: string,
  number: number,
  stop: RunStop,
  now: number,
): Promise<void> {
  const stored = await ledger.getBatch(runId, number);
  if (stored?.batch.status !== 'pending') return;
  const unresolved = unresolvedResult(stop, stored.batch.claimedBy !== undefined);
  try {
    await ledger.finishBatch({
      ...stored,
      batch: closeBatch(stored.batch, 'cancelled', unresolved, now),
    });
  } catch (error) {
    // Its worker was faster; the next look finds what it wrote.
    if (!(error instanceof StaleBatchError)) throw error;
  }
}

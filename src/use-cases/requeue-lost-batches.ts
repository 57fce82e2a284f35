import type { Batch, BatchSummary } from '../core/batch.ts';
import { needsMessage, putBack } from '../core/claim.ts';
import { queueDelayOf } from '../core/queue-delay.ts';
import type { Run } from '../core/run.ts';
import { type Log, type Ports, StaleBatchError } from './ports.ts';

/**
 * Sends a new message for each batch whose message was lost, or whose worker died. The claim of the
 * dead worker ends with it; if that worker still lives, its next write fails on the ETag.
 */
export async function requeueLostBatches(
  { ledger, queue, clock }: Pick<Ports, 'ledger' | 'queue' | 'clock'>,
  run: Run,
  open: readonly BatchSummary[],
  log: Log,
): Promise<void> {
  const queueDelayMs = queueDelayOf(open);
  const isLost = (batch: Batch | BatchSummary): boolean =>
    batch.status === 'pending' && needsMessage(batch, clock.now(), queueDelayMs);
  for (const { number } of open.filter(isLost)) {
    const stored = await ledger.getBatch(run.id, number);
    if (stored === undefined || !isLost(stored.batch)) continue;
    const waiting = putBack(stored.batch, clock.now());
    try {
      await ledger.saveBatch({
        ...stored,
        batch: { ...waiting, requeues: stored.batch.requeues + 1 },
      });
    } catch (error) {
      // A worker wrote it in this very moment: it is not lost.
      if (error instanceof StaleBatchError) continue;
      throw error;
    }
    await queue.enqueueBatches(run, [{ number, delayMs: 0 }]);
    log.warn(`Run ${run.id}: batch ${number} gave no sign of life and was put on the queue again`);
  }
}

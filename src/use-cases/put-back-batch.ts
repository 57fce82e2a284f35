import { putBack } from '../core/claim.ts';
import type { SyncPorts, Work } from './sync-batch.ts';

/**
 * Gives a claimed batch back to the queue, where waiting costs nothing.
 *
 * @param waitMs how long nobody is to work on it
 * @throws StaleBatchError when another delivery took the batch over meanwhile
 */
export async function putBackBatch(
  { ledger, queue, clock }: Pick<SyncPorts, 'ledger' | 'queue' | 'clock'>,
  { run, stored }: Pick<Work, 'run' | 'stored'>,
  waitMs: number,
): Promise<undefined> {
  const { batch } = stored;
  await ledger.saveBatch({ ...stored, batch: putBack(batch, clock.now() + waitMs) });
  await queue.enqueueBatches(run, [{ number: batch.number, delayMs: waitMs }]);
}

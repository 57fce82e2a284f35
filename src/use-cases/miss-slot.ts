import type { Log } from './ports.ts';
import { putBackBatch } from './put-back-batch.ts';
import type { SyncPorts, Work } from './sync-batch.ts';

/** A worker that is too late so often in a row, although its slots are made longer, gives up. */
const MAX_MISSED = 4;

/** For how long a batch is left alone that its worker had no slot for: time for a machine to recover. */
const RECOVERY_MS = 10_000;

/**
 * Gives up a slot whose moment has passed: a call that leaves now would crowd those of the next slots.
 * The worker is to reserve again, or, when that keeps failing, the batch goes back to the queue, where
 * another machine may find it.
 *
 * Before it goes on the batch gets a sign of life. A worker that was held up for long learns by it
 * that its batch was given to another, which may have sent already.
 *
 * @param lateMs how late the worker is
 * @throws StaleBatchError when another delivery took the batch over meanwhile
 */
export async function missSlot(
  ports: Pick<SyncPorts, 'ledger' | 'queue' | 'clock'>,
  work: Work,
  lateMs: number,
  log: Log,
): Promise<Work | undefined> {
  const { run, stored } = work;
  const missed = work.missed + 1;
  const name = `Run ${run.id}: batch ${stored.batch.number}`;
  if (missed === MAX_MISSED) {
    log.warn(`${name} missed ${missed} slots in a row and goes back to the queue`);
    return putBackBatch(ports, work, RECOVERY_MS);
  }
  log.info(`${name} is ${Math.round(lateMs)} ms late for its slot and reserves another one`);
  const batch = { ...stored.batch, aliveAt: ports.clock.now() };
  return {
    ...work,
    stored: await ports.ledger.saveBatch({ ...stored, batch }),
    // Once is chance; the time that a longer slot takes from the others is for a machine that is slow.
    lateMs: missed === 1 ? work.lateMs : lateMs,
    missed,
  };
}

import type { Run } from '../core/run.ts';
import type { Ports } from './ports.ts';

/** After this many messages the run's row says how far it got. */
const MESSAGES_AT_ONCE = 100;

/**
 * Puts a message on the queue for each batch of a planned run that has none yet, each visible when
 * its batch is due. What to enqueue is read from the ledger, so that the first planner and one that
 * goes on after a crash do the same. A message that is sent twice meets a batch that is taken.
 *
 * What the plan took to be written delays all messages alike: if the first batches came late and the
 * others on time, some would wait on billed time until the end of the run.
 */
export async function enqueueBatches(
  { runs, ledger, queue, clock }: Pick<Ports, 'runs' | 'ledger' | 'queue' | 'clock'>,
  run: Run,
): Promise<void> {
  let group: { number: number; delayMs: number }[] = [];
  let through = run.enqueuedThrough;
  let overdueMs: number | undefined;
  const flush = async () => {
    await queue.enqueueBatches(run, group);
    group = [];
    const reached = through;
    await runs.update(run.id, (current) =>
      current.enqueuedThrough < reached ? { ...current, enqueuedThrough: reached } : undefined,
    );
  };
  if (run.enqueuedThrough >= run.batchCount) return;
  for await (const batch of ledger.listBatches(run.id, run.enqueuedThrough)) {
    through = batch.number + 1;
    overdueMs ??= Math.max(0, clock.now() - batch.dueAt);
    if (batch.status === 'pending') {
      const delayMs = Math.max(0, batch.dueAt + overdueMs - clock.now());
      group.push({ number: batch.number, delayMs });
    }
    if (group.length === MESSAGES_AT_ONCE) await flush();
  }
  await flush();
}

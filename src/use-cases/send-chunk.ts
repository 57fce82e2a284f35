import { actions } from '../core/actions/index.ts';
import { type RetryPolicy, recordAnswers } from '../core/record-answers.ts';
import { stopRun } from '../core/run-end.ts';
import { type Run, isFinal } from '../core/run.ts';
import type { Log, StoredBatch } from './ports.ts';
import type { SyncPorts } from './sync-batch.ts';

/**
 * Sends the commands of one chunk, takes the answers into the batch and saves it.
 *
 * @param indexes the devices, by their place in the batch
 * @throws StaleBatchError when another delivery took the batch over meanwhile
 */
export async function sendChunk(
  { ledger, sender, budget, clock, random, runs }: SyncPorts,
  policy: RetryPolicy,
  stored: StoredBatch,
  { run, indexes, log }: { run: Run; indexes: readonly number[]; log: Log },
): Promise<StoredBatch> {
  const { batch } = stored;
  const action = actions[run.action];
  const ids = indexes.flatMap((index) => batch.devices[index]?.id ?? []);
  const answers = await sender.send(action, ids);
  const now = clock.now();
  const recorded = recordAnswers(batch, indexes, answers, {
    now,
    random,
    policy,
    role: action.role,
  });
  // What concerns everybody first: it holds also when this batch was taken over meanwhile.
  if (recorded.closedUntil !== undefined) await budget.closeUntil(recorded.closedUntil);
  const { problem } = recorded;
  if (problem !== undefined) {
    log.error(`Run ${run.id}: ${problem.title}. ${problem.detail}`);
    await runs.update(run.id, (current) =>
      isFinal(current) ? undefined : stopRun(current, 'failed', problem, clock.now()),
    );
  }
  return ledger.saveBatch({ ...stored, batch: { ...recorded.batch, aliveAt: clock.now() } });
}

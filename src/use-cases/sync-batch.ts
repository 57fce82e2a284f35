import { nextStep } from '../core/batch-step.ts';
import { closeBatch } from '../core/batch.ts';
import { claimBatch, putBack } from '../core/claim.ts';
import type { RetryPolicy } from '../core/record-answers.ts';
import { unresolvedResult } from '../core/run-end.ts';
import { type Run, isFinal } from '../core/run.ts';
import {
  type Log,
  type Ports,
  StaleBatchError,
  type StoredBatch,
  UnknownBatchError,
  UnknownRunError,
} from './ports.ts';
import { sendChunk } from './send-chunk.ts';

/** What syncing a batch needs of the world. */
export type SyncPorts = Pick<
  Ports,
  'runs' | 'ledger' | 'queue' | 'sender' | 'budget' | 'clock' | 'random'
>;

/** A wait up to this is sat out; a longer one goes back to the queue, where it costs nothing. */
const MAX_SIT_OUT_MS = 5_000;

/** Names the batch that a message is about. */
export interface BatchEntry {
  readonly runId: string;
  readonly batch: number;
}

/**
 * Sends the commands of one batch, chunk by chunk, each answer saved before the next chunk goes: a
 * worker that dies repeats at most the chunk that was in flight. A message for a batch that is
 * final, or that another delivery works on, does nothing.
 *
 * @throws UnknownRunError, UnknownBatchError for a message that nobody of the app wrote
 */
export function syncBatch(ports: SyncPorts, policy: RetryPolicy) {
  return async (entry: BatchEntry, messageId: string, log: Log): Promise<void> => {
    const run = await ports.runs.get(entry.runId);
    if (run === undefined) throw new UnknownRunError(`There is no run ${entry.runId}.`);
    if (isFinal(run)) return;
    try {
      let current = await claim(ports, run, { ...entry, messageId });
      while (current !== undefined) current = await step(ports, policy, run, current, log);
    } catch (error) {
      if (!(error instanceof StaleBatchError)) throw error;
      log.info(`Run ${entry.runId}: batch ${entry.batch} was taken over by another delivery`);
    }
  };
}

async function claim(
  { ledger, queue, clock }: SyncPorts,
  run: Run,
  { runId, batch: number, messageId }: BatchEntry & { readonly messageId: string },
): Promise<StoredBatch | undefined> {
  const stored = await ledger.getBatch(runId, number);
  if (stored === undefined) {
    throw new UnknownBatchError(`Run ${runId} has no batch ${number}.`);
  }
  if (stored.batch.status !== 'pending') return undefined;
  const claimed = claimBatch(stored.batch, messageId, clock.now());
  switch (claimed.kind) {
    case 'busy':
      return undefined;
    case 'early':
      await queue.enqueueBatches(run, [{ number, delayMs: claimed.delayMs }]);
      return undefined;
    case 'claimed':
      return ledger.saveBatch({ ...stored, batch: claimed.batch });
  }
}

/** One step of a claimed batch: returns the batch as it is stored then, `undefined` at its end. */
async function step(
  ports: SyncPorts,
  policy: RetryPolicy,
  started: Run,
  stored: StoredBatch,
  log: Log,
): Promise<StoredBatch | undefined> {
  const { ledger, budget, clock, runs } = ports;
  const { batch } = stored;
  const now = clock.now();
  const next = nextStep(batch, now);
  if (next.kind === 'finish') {
    const done = closeBatch(batch, 'done', { outcome: 'unknown' }, now);
    await ledger.finishBatch({ ...stored, batch: done });
    return undefined;
  }
  if (next.kind === 'wait') return rest(ports, started, stored, next.until - now);
  const { isGranted, waitMs } = await budget.reserve(next.indexes.length, MAX_SIT_OUT_MS);
  if (!isGranted) return rest(ports, started, stored, waitMs);
  if (waitMs > 0) await clock.sleep(waitMs);
  // Read as late as possible: nothing is sent once a run was told to stop.
  const run = await runs.get(batch.runId);
  if (run === undefined || isFinal(run)) return undefined;
  if (run.stop !== undefined) {
    const unresolved = unresolvedResult(run.stop, false);
    await ledger.finishBatch({ ...stored, batch: closeBatch(batch, 'cancelled', unresolved, now) });
    return undefined;
  }
  return sendChunk(ports, policy, stored, { run, indexes: next.indexes, log });
}

/** Sits out a short wait; for a long one the batch goes back to the queue. */
async function rest(
  { ledger, queue, clock }: SyncPorts,
  run: Run,
  stored: StoredBatch,
  waitMs: number,
): Promise<StoredBatch | undefined> {
  if (waitMs <= MAX_SIT_OUT_MS) {
    await clock.sleep(waitMs);
    return stored;
  }
  const { batch } = stored;
  await ledger.saveBatch({ ...stored, batch: putBack(batch, clock.now() + waitMs) });
  await queue.enqueueBatches(run, [{ number: batch.number, delayMs: waitMs }]);
  return undefined;
}

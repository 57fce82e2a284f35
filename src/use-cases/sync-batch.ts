import { nextStep, writesLeft } from '../core/batch-step.ts';
import { closeBatch } from '../core/batch.ts';
import { claimBatch, putBack } from '../core/claim.ts';
import type { RetryPolicy } from '../core/record-answers.ts';
import { unresolvedResult } from '../core/run-end.ts';
import { type Run, isFinal } from '../core/run.ts';
import { bulkOf } from '../core/send-mode.ts';
import type { Reservation } from '../core/write-budget.ts';
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
  'runs' | 'ledger' | 'queue' | 'commands' | 'sender' | 'budget' | 'clock' | 'random'
>;

/** A wait up to this is sat out; a longer one goes back to the queue, where it costs nothing. */
const MAX_SIT_OUT_MS = 3_000;

/**
 * A worker looks once more before it sends, this long before its moment: whether the run was told to
 * stop, and whether Graph throttled another worker.
 */
const LAST_LOOK_MS = 300;

/** A claimed batch and its run, as both were read last. */
export interface Work {
  readonly run: Run;
  readonly stored: StoredBatch;
}

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
      const stored = await claim(ports, run, { ...entry, messageId });
      let work: Work | undefined = stored && { run, stored };
      while (work !== undefined) work = await step(ports, policy, work, log);
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

/** One step of a claimed batch: returns how it is stored then, `undefined` at its end. */
async function step(
  ports: SyncPorts,
  policy: RetryPolicy,
  { run, stored }: Work,
  log: Log,
): Promise<Work | undefined> {
  const { ledger, budget, clock, random } = ports;
  const { batch } = stored;
  const command = ports.commands.of(run);
  const bulk = bulkOf(run, command);
  const next = nextStep(batch, clock.now(), bulk);
  if (next.kind === 'finish') {
    const done = closeBatch(batch, 'done', { outcome: 'unknown' }, clock.now());
    await ledger.finishBatch({ ...stored, batch: done });
    return undefined;
  }
  if (next.kind === 'wait') return rest(ports, { run, stored }, next.until - clock.now());
  const { cost = 1 } = command;
  const reservation = await budget.reserve({
    count: (next.mode === 'bulk' ? 1 : next.indexes.length) * cost,
    backlog: writesLeft(batch, bulk) * cost,
    lane: run.priority,
    maxWaitMs: MAX_SIT_OUT_MS,
  });
  if (reservation.kind === 'putBack') return rest(ports, { run, stored }, reservation.waitMs);
  const look = await lastLook(ports, run.id, reservation);
  if (look.run === undefined || isFinal(look.run)) return undefined;
  if (look.run.stop !== undefined) {
    const unresolved = unresolvedResult(look.run.stop, false);
    const closed = closeBatch(batch, 'cancelled', unresolved, clock.now());
    await ledger.finishBatch({ ...stored, batch: closed });
    return undefined;
  }
  const isModeOver = next.mode === 'bulk' && look.run.isBulkRefused === true;
  if (!look.isStillOpen || isModeOver) return { run: look.run, stored };
  const affordable = Math.max(1, Math.floor(reservation.count / cost));
  const indexes = next.mode === 'bulk' ? next.indexes : next.indexes.slice(0, affordable);
  const chunk = { mode: next.mode, indexes, at: reservation.at };
  const context = { policy, random, command };
  return sendChunk(ports, context, { run: look.run, stored }, chunk, log);
}

/**
 * Waits for the reserved moment. Nothing is sent once the run was told to stop, so the run is read
 * as late as possible, yet not so late that the call would miss its moment.
 */
async function lastLook(
  { runs, budget, clock }: SyncPorts,
  runId: string,
  { at, waitMs }: Extract<Reservation, { kind: 'granted' }>,
): Promise<{ run: Run | undefined; isStillOpen: boolean }> {
  const moment = clock.now() + waitMs;
  if (waitMs > LAST_LOOK_MS) await clock.sleep(waitMs - LAST_LOOK_MS);
  const [run, isStillOpen] = await Promise.all([
    runs.get(runId),
    waitMs > LAST_LOOK_MS ? budget.isStillOpen(at) : true,
  ]);
  const restMs = moment - clock.now();
  if (restMs > 0) await clock.sleep(restMs);
  return { run, isStillOpen };
}

/** Sits out a short wait; for a long one the batch goes back to the queue. */
async function rest(
  { ledger, queue, clock }: SyncPorts,
  { run, stored }: Work,
  waitMs: number,
): Promise<Work | undefined> {
  if (waitMs <= MAX_SIT_OUT_MS) {
    await clock.sleep(waitMs);
    return { run, stored };
  }
  const { batch } = stored;
  await ledger.saveBatch({ ...stored, batch: putBack(batch, clock.now() + waitMs) });
  await queue.enqueueBatches(run, [{ number: batch.number, delayMs: waitMs }]);
  return undefined;
}

import { nextStep, writesLeft } from '../core/batch-step.ts';
import { type DeviceResult, closeBatch } from '../core/batch.ts';
import { claimBatch } from '../core/claim.ts';
import type { RetryPolicy } from '../core/record-answers.ts';
import { unresolvedResult } from '../core/run-end.ts';
import { type Run, isFinal } from '../core/run.ts';
import { bulkOf } from '../core/send-mode.ts';
import { lastLook } from './last-look.ts';
import { missSlot } from './miss-slot.ts';
import {
  type Log,
  type Ports,
  StaleBatchError,
  type StoredBatch,
  UnknownBatchError,
  UnknownRunError,
} from './ports.ts';
import { putBackBatch } from './put-back-batch.ts';
import { sendChunk } from './send-chunk.ts';

/** What syncing a batch needs of the world. */
export type SyncPorts = Pick<
  Ports,
  'runs' | 'ledger' | 'queue' | 'commands' | 'sender' | 'budget' | 'clock' | 'random'
>;

/** A wait up to this is sat out; a longer one goes back to the queue, where it costs nothing. */
const MAX_SIT_OUT_MS = 3_000;

/** A claimed batch and its run, as both were read last, and how the worker keeps its time. */
export interface Work {
  readonly run: Run;
  readonly stored: StoredBatch;
  /** How late it was for the last moment it was given, ms. */
  readonly lateMs: number;
  /** Slots that it was too late for, one after the other up to now. */
  readonly missed: number;
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
      let work: Work | undefined = stored && { run, stored, lateMs: 0, missed: 0 };
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
  work: Work,
  log: Log,
): Promise<Work | undefined> {
  const { budget, clock, random } = ports;
  const { run, stored, lateMs } = work;
  const { batch } = stored;
  const command = ports.commands.of(run);
  const bulk = bulkOf(run, command);
  const next = nextStep(batch, clock.now(), bulk);
  if (next.kind === 'finish') return finish(ports, stored, 'done', { outcome: 'unknown' });
  if (next.kind === 'wait') return rest(ports, work, next.until - clock.now());
  const { cost = 1 } = command;
  const reservation = await budget.reserve({
    count: (next.mode === 'bulk' ? 1 : next.indexes.length) * cost,
    backlog: writesLeft(batch, bulk) * cost,
    lane: run.priority,
    maxWaitMs: MAX_SIT_OUT_MS,
    lateMs,
  });
  if (reservation.kind === 'putBack') return rest(ports, work, reservation.waitMs);
  const look = await lastLook(ports, run.id, reservation);
  if (look.run === undefined || isFinal(look.run)) return undefined;
  if (look.run.stop !== undefined) {
    return finish(ports, stored, 'cancelled', unresolvedResult(look.run.stop, false));
  }
  const ready = { ...work, run: look.run };
  const isModeOver = next.mode === 'bulk' && look.run.isBulkRefused === true;
  if (!look.isStillOpen || isModeOver) return ready;
  if (look.lateMs > reservation.maxLateMs) return missSlot(ports, ready, look.lateMs, log);
  const affordable = Math.max(1, Math.floor(reservation.count / cost));
  const indexes = next.mode === 'bulk' ? next.indexes : next.indexes.slice(0, affordable);
  const chunk = { mode: next.mode, indexes, at: reservation.at };
  const context = { policy, random, command };
  return sendChunk(ports, context, { ...ready, lateMs: look.lateMs, missed: 0 }, chunk, log);
}

async function finish(
  { ledger, clock }: SyncPorts,
  stored: StoredBatch,
  status: 'done' | 'cancelled',
  unresolved: DeviceResult,
): Promise<undefined> {
  const batch = closeBatch(stored.batch, status, unresolved, clock.now());
  await ledger.finishBatch({ ...stored, batch });
}

/** Sits out a short wait; for a long one the batch goes back to the queue. */
async function rest(ports: SyncPorts, work: Work, waitMs: number): Promise<Work | undefined> {
  if (waitMs > MAX_SIT_OUT_MS) return putBackBatch(ports, work, waitMs);
  await ports.clock.sleep(waitMs);
  return work;
}

import type { Command } from '../core/actions/action.ts';
import type { Batch, SendMode } from '../core/batch.ts';
import { type RecordedBulk, recordBulkReply } from '../core/bulk-reply.ts';
import { type RecordContext, type Recorded, recordAnswers } from '../core/record-answers.ts';
import { stopRun } from '../core/run-end.ts';
import { type Run, isFinal } from '../core/run.ts';
import type { Log } from './ports.ts';
import type { SyncPorts, Work } from './sync-batch.ts';

/** What goes in one call. */
export interface Chunk {
  readonly mode: SendMode;
  /** The devices, by their place in the batch. */
  readonly indexes: readonly number[];
  /** The moment that the budget gave the call. */
  readonly at: number;
}

/** What is sent, and what its answers are judged by. */
type SendContext = Omit<RecordContext, 'now' | 'command'> & { readonly command: Command };

/**
 * Sends the commands of one chunk, takes the answers into the batch and saves it.
 *
 * @throws StaleBatchError when another delivery took the batch over meanwhile
 */
export async function sendChunk(
  ports: SyncPorts,
  context: SendContext,
  work: Work,
  chunk: Chunk,
  log: Log,
): Promise<Work> {
  const { ledger, budget, clock } = ports;
  const { run, stored } = work;
  const recorded = await send(ports, context, stored.batch, chunk);
  // What concerns everybody first: it holds also when this batch was taken over meanwhile.
  if (recorded.throttledMs !== undefined) {
    await budget.throttle({ at: chunk.at, waitMs: recorded.throttledMs });
  }
  const changed = await noteOutcome(ports, run, recorded, log);
  const batch = { ...recorded.batch, aliveAt: clock.now() };
  return { ...work, run: changed, stored: await ledger.saveBatch({ ...stored, batch }) };
}

/** Writes down what the answers mean for the run as a whole. */
async function noteOutcome(
  { runs, clock }: SyncPorts,
  run: Run,
  recorded: Recorded | RecordedBulk,
  log: Log,
): Promise<Run> {
  const { problem } = recorded;
  if (problem !== undefined) {
    log.error(`Run ${run.id}: ${problem.title}. ${problem.detail}`);
    return runs.update(run.id, (current) =>
      isFinal(current) ? undefined : stopRun(current, 'failed', problem, clock.now()),
    );
  }
  if (!('isRefused' in recorded) || !recorded.isRefused) return run;
  log.warn(`Run ${run.id}: Graph refused a bulk call, what is left is sent one by one`);
  return runs.update(run.id, (current) => ({ ...current, isBulkRefused: true }));
}

async function send(
  { sender, clock }: SyncPorts,
  context: SendContext,
  batch: Batch,
  { mode, indexes }: Chunk,
): Promise<Recorded | RecordedBulk> {
  const { command } = context;
  const ids = indexes.flatMap((index) => batch.devices[index]?.id ?? []);
  if (mode === 'bulk' && command.bulk !== undefined) {
    const reply = await sender.sendBulk(command.bulk, ids);
    return recordBulkReply(batch, indexes, reply, { ...context, now: clock.now() });
  }
  const answers = await sender.send(command, ids);
  const now = clock.now();
  return recordAnswers(batch, indexes, answers, { ...context, now, sentBy: 'perDevice' });
}

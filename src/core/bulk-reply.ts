import { type Answer, classifyAnswer } from './answer.ts';
import type { Batch } from './batch.ts';
import { type RecordContext, type Recorded, recordAnswers } from './record-answers.ts';

/** What came back for a call that was to reach many devices. */
export type BulkReply =
  /** What Graph says became of each device; `undefined`: it does not say, or says it failed. */
  | { readonly kind: 'results'; readonly answers: readonly (Answer | undefined)[] }
  /** The call as a whole got an error, or no answer. */
  | { readonly kind: 'failed'; readonly answer: Answer };

export interface RecordedBulk extends Recorded {
  /** Set when Graph refuses bulk calls as such: other batches need not try. */
  readonly isRefused: boolean;
}

/** After so many failures of a bulk call its devices are sent to one by one. */
const MAX_BULK_FAILURES = 2;

/**
 * Takes the reply to a bulk call into the batch. Devices that got no clear answer are left to be sent to
 * one by one, as are all of a call that was refused: what is wrong with it is told by the single call,
 * which says it of one device.
 *
 * @param indexes the devices of the call, by their place in the batch
 */
export function recordBulkReply(
  batch: Batch,
  indexes: readonly number[],
  reply: BulkReply,
  context: RecordContext,
): RecordedBulk {
  if (reply.kind === 'failed') return recordFailure(batch, indexes, reply.answer, context);
  const said = indexes.filter((_, place) => reply.answers[place] !== undefined);
  const answers = reply.answers.filter((answer) => answer !== undefined);
  const unsaid = indexes.filter((_, place) => reply.answers[place] === undefined);
  const recorded = recordAnswers(batch, said, answers, { ...context, sentBy: 'bulk' });
  return { ...recorded, batch: sendSingly(recorded.batch, unsaid), isRefused: false };
}

function recordFailure(
  batch: Batch,
  indexes: readonly number[],
  answer: Answer,
  context: RecordContext,
): RecordedBulk {
  const { kind } = classifyAnswer(answer, context.command.role);
  const failures = Math.max(0, ...indexes.map((index) => batch.progress[index]?.failures ?? 0));
  const isWorthARetry = kind === 'transient' && failures + 1 < MAX_BULK_FAILURES;
  if (kind !== 'throttled' && !isWorthARetry) {
    return { batch: sendSingly(batch, indexes), isRefused: kind !== 'transient' };
  }
  const answers = indexes.map(() => answer);
  return {
    ...recordAnswers(batch, indexes, answers, { ...context, sentBy: 'bulk' }),
    isRefused: false,
  };
}

/** One by one a device starts afresh: that the bulk call failed says nothing about it. */
function sendSingly(batch: Batch, indexes: readonly number[]): Batch {
  if (indexes.length === 0) return batch;
  const progress = [...batch.progress];
  for (const index of indexes) {
    const attempts = (progress[index]?.attempts ?? 0) + 1;
    progress[index] = { attempts, failures: 0, isSingle: true };
  }
  return { ...batch, progress };
}

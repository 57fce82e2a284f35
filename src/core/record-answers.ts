import type { Command } from './actions/action.ts';
import { type Answer, type Verdict, classifyAnswer } from './answer.ts';
import { type BackoffPolicy, backoffMs } from './backoff.ts';
import type { Batch, DeviceProgress, DeviceResult, SendMode } from './batch.ts';
import type { Problem } from './run.ts';

/** When to give up on a device and how long to wait before that. */
export interface RetryPolicy extends BackoffPolicy {
  /** Retries of a device after its first failure; throttled answers do not count. */
  readonly maxRetries: number;
}

export interface Recorded {
  readonly batch: Batch;
  /** Set when Graph throttled: nobody should send for so long, ms. */
  readonly throttledMs?: number;
  /** Set when Graph refused for good: going on is pointless. */
  readonly problem?: Problem;
}

export interface RecordContext {
  /** ms since the epoch */
  readonly now: number;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly policy: RetryPolicy;
  /** What was sent: its role, for the message of a refusal, and what its answers mean. */
  readonly command: Pick<Command, 'role' | 'classify'>;
}

/**
 * Takes the answers to one chunk into the batch.
 *
 * All devices of the chunk that have to wait get the same wait, the longest one asked for: Graph's
 * advice for `$batch`, and it keeps the next chunk full.
 *
 * @param indexes the devices that were sent to, in the order of `answers`
 */
export function recordAnswers(
  batch: Batch,
  indexes: readonly number[],
  answers: readonly Answer[],
  context: RecordContext & { readonly sentBy: SendMode },
): Recorded {
  const { now, policy, sentBy } = context;
  const progress = [...batch.progress];
  const waiting: Waiting[] = [];
  const throttledAnswers = new Set<Answer>();
  let problem: Problem | undefined;
  for (const [place, index] of indexes.entries()) {
    const before = progress[index];
    if (before === undefined) continue;
    const answer = answers[place] ?? { status: 0, code: 'missingAnswer' };
    const verdict = verdictOf(answer, context.command);
    const failures = before.failures + (verdict.kind === 'transient' ? 1 : 0);
    const { isSingle } = before;
    const device = {
      attempts: before.attempts + 1,
      failures,
      ...(isSingle === undefined ? {} : { isSingle }),
    };
    const result = resultOf(verdict, answer, failures > policy.maxRetries, now);
    if (verdict.kind === 'refused') problem ??= verdict.problem;
    if (verdict.kind === 'throttled') throttledAnswers.add(answer);
    progress[index] = result === undefined ? device : { ...device, result: { ...result, sentBy } };
    if (result === undefined) waiting.push({ index, device, verdict });
  }
  const throttledMs = longestWait(waiting, 'throttled', context);
  const retryAt = now + Math.max(throttledMs, longestWait(waiting, 'transient', context));
  for (const { index, device } of waiting) progress[index] = { ...device, retryAt };
  // One 429 for a whole $batch is one answer, however many devices share it.
  const throttled = throttledAnswers.size;
  return {
    batch: { ...batch, progress, throttled: batch.throttled + throttled },
    ...(throttled > 0 ? { throttledMs } : {}),
    ...(problem === undefined ? {} : { problem }),
  };
}

function verdictOf(answer: Answer, { role, classify }: RecordContext['command']): Verdict {
  return classify?.(answer) ?? classifyAnswer(answer, role);
}

/** A device that is to be sent to again. */
interface Waiting {
  readonly index: number;
  readonly device: DeviceProgress;
  readonly verdict: Verdict;
}

/** The final result an answer leads to, or `undefined` when the device is to be sent to again. */
function resultOf(
  verdict: Verdict,
  answer: Answer,
  isLastAttempt: boolean,
  now: number,
): DeviceResult | undefined {
  const requestId = answer.requestId === undefined ? {} : { requestId: answer.requestId };
  const message = answer.message === undefined ? {} : { message: answer.message };
  switch (verdict.kind) {
    case 'accepted':
      return { outcome: 'accepted', acceptedAt: now, ...requestId };
    case 'throttled':
      return undefined;
    case 'transient':
      return isLastAttempt
        ? { outcome: 'failed', code: verdict.code, ...message, ...requestId }
        : undefined;
    case 'refused':
      return { outcome: 'failed', code: verdict.code, ...message, ...requestId };
    case 'notFound':
    case 'notSupported':
    case 'failed':
      return { outcome: verdict.kind, code: verdict.code, ...message, ...requestId };
  }
}

/**
 * The longest wait of the devices that wait for one cause, ms. Where the answer named none it is
 * backoff, by how often that cause met the device: being throttled does not make the wait after a
 * failure longer, nor the other way round.
 */
function longestWait(
  waiting: readonly Waiting[],
  cause: 'throttled' | 'transient',
  { random, policy }: { random: () => number; policy: RetryPolicy },
): number {
  const jitter = random();
  const waits = waiting.map(({ device: { attempts, failures }, verdict }) => {
    if (verdict.kind !== cause) return 0;
    const times = cause === 'throttled' ? attempts - failures : failures;
    return verdict.retryAfterMs ?? backoffMs(times, policy, () => jitter);
  });
  return Math.max(0, ...waits);
}

import { type Answer, classifyAnswer } from '../../core/answer.ts';
import { type BackoffPolicy, backoffMs } from '../../core/backoff.ts';
import { listingFailed } from '../../core/problems.ts';
import type { Problem } from '../../core/run.ts';
import { ListingError } from '../../use-cases/ports.ts';

export interface PatienceOptions {
  readonly policy: BackoffPolicy & { readonly maxRetries: number };
  readonly random: () => number;
  /** The app role that a 403 lacks. */
  readonly role: string;
  /** What it means that there is no such list (404); absent: that the list failed. */
  readonly ifMissing?: Problem;
  /** What is told when the patience is over. Default: that the fleet could not be listed. */
  readonly problemOf?: (why: string) => Problem;
}

/** What to do before the same call is made again. */
export type Again = { readonly kind: 'renew' } | { readonly kind: 'wait'; readonly waitMs: number };

/** Longer than this a list waits on the queue, not on billed time. */
const MAX_SIT_OUT_MS = 30_000;

/** A page that was throttled for so long in all sends the list back to the queue as well. */
const MAX_THROTTLED_MS = 300_000;

/** The least wait after a 429, whatever it asks for. */
const MIN_THROTTLED_MS = 1_000;

/**
 * The patience with one call of a list: told of each answer that was no success, it says what to do
 * before the next attempt.
 *
 * @returns a function that throws ListingError when the patience is over
 */
export function listingPatience(options: PatienceOptions): (answer: Answer) => Again {
  const { policy, random, role, ifMissing, problemOf = listingFailed } = options;
  let isRenewed = false;
  let failures = 0;
  let throttled = 0;
  let throttledMs = 0;
  return (answer) => {
    if (answer.status === 401 && !isRenewed) {
      isRenewed = true;
      return { kind: 'renew' };
    }
    if (answer.status === 404 && ifMissing !== undefined) throw new ListingError(ifMissing);
    const verdict = classifyAnswer(answer, role);
    if (verdict.kind === 'refused') throw new ListingError(verdict.problem);
    const isThrottled = verdict.kind === 'throttled';
    if (!isThrottled && verdict.kind !== 'transient')
      throw new ListingError(problemOf(whyFailed(answer)));
    if (isThrottled) throttled++;
    else if (++failures > policy.maxRetries) throw new ListingError(problemOf(whyFailed(answer)));
    // Our own backoff is sat out however it grew: only Graph can ask for a longer wait.
    const own = Math.min(backoffMs(failures + throttled, policy, random), MAX_SIT_OUT_MS);
    const asked = verdict.retryAfterMs ?? own;
    const waitMs = isThrottled ? Math.max(asked, MIN_THROTTLED_MS) : asked;
    if (isThrottled) throttledMs += waitMs;
    if (waitMs > MAX_SIT_OUT_MS || throttledMs > MAX_THROTTLED_MS) {
      const problem = problemOf('Graph asked for a long wait.');
      throw new ListingError(problem, { retryAfterMs: waitMs });
    }
    return { kind: 'wait', waitMs };
  };
}

/** A list that cannot be read to its end, and why. */
export function listingError(why: string): ListingError {
  return new ListingError(listingFailed(why));
}

function whyFailed({ status, code }: Answer): string {
  const what = status === 0 ? `no answer (${code ?? 'unknown'})` : `status ${status}`;
  return `A page of the list still failed after its retries: ${what}.`;
}

import type { CliContext } from '../context.ts';
import { ApiError, UnreachableError } from '../errors.ts';

/** Waits before the second, third and fourth attempt when the answer names none, ms. */
const DELAYS_MS = [1_000, 2_000, 4_000];
/** Nobody waits longer than this in front of a terminal; the error then says how long it would be. */
const MAX_RETRY_AFTER_MS = 60_000;

const passingStatuses = [429, 502, 503, 504];

/** Whether the same request may well succeed a little later. */
export function isPassing(error: unknown): boolean {
  if (error instanceof UnreachableError) return true;
  return error instanceof ApiError && passingStatuses.includes(error.status);
}

/**
 * Repeats what fails for a passing reason, up to four attempts in all, after the wait that the
 * answer asks for (`Retry-After`, up to 60 s) or else 1, 2 and 4 s.
 *
 * @throws what the last attempt threw.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { sleep }: Pick<CliContext, 'sleep'>,
): Promise<T> {
  for (const delayMs of DELAYS_MS) {
    try {
      return await attempt();
    } catch (error) {
      const waitMs = waitFor(error, delayMs);
      if (waitMs === undefined) throw error;
      await sleep(waitMs);
    }
  }
  return attempt();
}

function waitFor(error: unknown, delayMs: number): number | undefined {
  if (!isPassing(error)) return undefined;
  const askedMs = error instanceof ApiError ? error.retryAfterMs : undefined;
  if (askedMs === undefined) return delayMs;
  return askedMs <= MAX_RETRY_AFTER_MS ? askedMs : undefined;
}

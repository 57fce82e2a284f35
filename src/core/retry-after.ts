/** The longest wait that is honoured; a server that asks for more is asked again after this. */
export const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * The wait that a `Retry-After` header asks for, ms. Takes whole and fractional seconds (Graph's
 * documentation showed `2.128`) and an HTTP date; at most an hour.
 *
 * @param value the header as received; `null` or `undefined` when there was none
 * @param now ms since the epoch, to turn a date into a wait
 * @returns `undefined` when absent, negative (a date that is past) or unreadable: the caller then chooses its own wait
 */
export function parseRetryAfter(value: string | null | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, MAX_RETRY_AFTER_MS);
  // Only a date with a weekday and a zone is one: `Date.parse` takes far more, `-5` among it.
  if (!/^[A-Z][a-z]{2,8},? .*(GMT|UTC)$/.test(text)) return undefined;
  const waitMs = Date.parse(text) - now;
  return waitMs >= 0 ? Math.min(waitMs, MAX_RETRY_AFTER_MS) : undefined;
}

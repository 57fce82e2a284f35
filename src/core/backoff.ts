/** How waits grow when the server named none. */
export interface BackoffPolicy {
  /** The wait before the first retry, ms. */
  readonly initialDelayMs: number;
  /** No wait is longer, ms. */
  readonly maxDelayMs: number;
}

/**
 * Exponential backoff with full jitter: any wait between nothing and the doubled ceiling, so that
 * workers which failed together do not come back together
 * (aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter).
 *
 * @param failures how often it failed so far, from 1
 * @param random returns a number in [0, 1)
 * @returns the wait, ms
 */
export function backoffMs(failures: number, policy: BackoffPolicy, random: () => number): number {
  const ceiling = policy.initialDelayMs * 2 ** Math.max(0, failures - 1);
  return Math.round(random() * Math.min(ceiling, policy.maxDelayMs));
}

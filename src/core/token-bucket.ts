/** How many tokens a bucket holds, and how long it takes to get one back, ms. */
export interface BucketSize {
  readonly capacity: number;
  readonly refillMs: number;
}

export type Draw =
  | { readonly isGranted: true; readonly fullAt: number }
  /** The bucket is empty, and has a token again after this. */
  | { readonly isGranted: false; readonly retryAfterMs: number };

/** A bucket of which a minute's tokens can be taken at once. */
export function bucketOf(tokensPerMinute: number): BucketSize {
  return { capacity: tokensPerMinute, refillMs: 60_000 / tokensPerMinute };
}

/** A bucket that nobody has drawn from. */
export const FULL_BUCKET = 0;

/**
 * Takes a token out of a bucket. Its whole state is one moment: each token that is out moves the
 * moment at which the bucket is full again by the time that token takes to come back.
 *
 * @param fullAt the bucket's state, ms since the epoch
 * @param now ms since the epoch
 */
export function drawToken(fullAt: number, { capacity, refillMs }: BucketSize, now: number): Draw {
  const emptyMs = capacity * refillMs;
  // A moment further ahead than an empty bucket's was written by a clock that was wrong.
  const nextFullAt = Math.min(Math.max(now, fullAt), now + emptyMs) + refillMs;
  const retryAfterMs = nextFullAt - now - emptyMs;
  return retryAfterMs > 0
    ? { isGranted: false, retryAfterMs }
    : { isGranted: true, fullAt: nextFullAt };
}

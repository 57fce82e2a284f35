/** The rate at which Graph throttled last. */
export interface Throttling {
  /** Writes per second then; `undefined` when Graph never throttled. */
  readonly limit?: number;
  /** ms since the epoch */
  readonly cutAt: number;
}

/** What is left of the rate after a 429: the multiplicative decrease. */
const KEPT_SHARE = 0.8;

/**
 * How fast the rate grows around the one that was throttled, 1/s³. With it the rate is back at the
 * throttled one after 33 s and at its double after 90 s, since another app that took its share of
 * the quota may have stopped.
 */
const GROWTH = 5.5e-6;

/** Seconds from a cut to the rate that was throttled. */
const PLATEAU_SECONDS = Math.cbrt((1 - KEPT_SHARE) / GROWTH);

/** However often Graph throttles, a write is tried every 20 s: there is no other way to notice that it stopped. */
const MIN_RATE = 0.05;

/**
 * The writes per second that may go now. After a 429 the rate is cut, then grows along a cubic curve
 * as that of TCP CUBIC (RFC 9438): fast at first, flat around the rate that was throttled, and
 * faster again the longer that one goes well. So it spends most of its time just below a limit that
 * stays, and finds one that rose within two minutes. It depends on the time alone: nobody has to
 * write down that all goes well.
 *
 * @param ceiling the most that is ever allowed, writes per second
 */
export function rateAt({ limit, cutAt }: Throttling, ceiling: number, now: number): number {
  if (limit === undefined) return ceiling;
  const seconds = Math.max(0, now - cutAt) / 1000 - PLATEAU_SECONDS;
  const rate = limit * (1 + GROWTH * seconds ** 3);
  return Math.min(ceiling, Math.max(MIN_RATE, rate));
}

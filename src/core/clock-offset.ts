/** Between which bounds a server's clock is ahead of ours, ms; negative: behind. */
export interface ClockOffset {
  readonly min: number;
  readonly max: number;
}

/** One answer of the server: when it was asked, when it answered, and what its clock said between. */
export interface ClockSample {
  /** ms since the epoch by our clock, as is `receivedAt` */
  readonly sentAt: number;
  readonly receivedAt: number;
  /** ms since the epoch by the server's clock, cut to `resolutionMs`. */
  readonly serverSecond: number;
  /** Default 1,000: that of an HTTP `Date` (RFC 9110). */
  readonly resolutionMs?: number;
}

/**
 * What is known of the offset after one more answer. Each answer bounds it to a second and its
 * round trip; several leave what all of them allow. When they contradict each other a clock was
 * set, and only the last one counts.
 */
export function withSample(known: ClockOffset | undefined, sample: ClockSample): ClockOffset {
  const { sentAt, receivedAt, serverSecond, resolutionMs = 1000 } = sample;
  const min = serverSecond - receivedAt;
  const max = serverSecond + resolutionMs - sentAt;
  const both = { min: Math.max(min, known?.min ?? min), max: Math.min(max, known?.max ?? max) };
  return both.min <= both.max ? both : { min, max };
}

/** A clock that is set over the network is right to far less than this. */
const NEARLY_RIGHT_MS = 500;

/**
 * How to correct our clock. One that may be right is left alone, and one that may be nearly right is
 * moved no further than it must be. Of one that is certainly wrong nothing is known but the bounds.
 */
export function correctionOf({ min, max }: ClockOffset): number {
  const least = Math.min(Math.max(0, min), max);
  return Math.abs(least) < NEARLY_RIGHT_MS ? least : (min + max) / 2;
}

/** What happened in the windows of a stretch of time. */
export interface WindowCounts {
  readonly fewest: number;
  readonly most: number;
}

/** A stretch of time, ms since the epoch. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The window in which Graph counts (learn.microsoft.com/graph/throttling-limits), ms. */
export const WINDOW_MS = 20_000;

/**
 * The fewest and the most moments in any full window of a stretch: a window may begin at any
 * instant, not just on a grid.
 *
 * @param times ascending, ms since the epoch
 * @throws RangeError for a stretch that is shorter than a window
 */
export function countWindows(
  times: readonly number[],
  { from, to }: Stretch,
  windowMs: number = WINDOW_MS,
): WindowCounts {
  const last = to - windowMs;
  if (last < from) throw new RangeError(`${to - from} ms hold no window of ${windowMs} ms.`);
  // The count changes only where a moment leaves the window at its beginning or enters at its end.
  const begins = times.flatMap((time) => [time, time - windowMs]);
  const counts = [from, last, ...begins.filter((begin) => begin >= from && begin <= last)].map(
    (begin) => countUntil(times, begin + windowMs) - countUntil(times, begin),
  );
  return { fewest: Math.min(...counts), most: Math.max(...counts) };
}

/** How many of ascending moments are not later than `at`. */
export function countUntil(times: readonly number[], at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

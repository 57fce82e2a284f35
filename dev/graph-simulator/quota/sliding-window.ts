/** The moments of the last `windowMs` milliseconds. Times must not go back. */
export interface SlidingWindow {
  /** @param count how many moments to add, default 1 */
  add(now: number, count?: number): void;
  /** How many moments lie in the window that ends at `now`. */
  count(now: number): number;
  /**
   * Milliseconds until fewer than `limit` moments are left in the window, 0 when that is so
   * already. A limit below 1 can never be met: the answer is then the whole window.
   */
  waitMs(limit: number, now: number): number;
}

// Cutting the list at every call would make each call as slow as the window is long.
const compactAfter = 4096;

/** A window that keeps every moment, because a quota that rounds would admit too much. */
export function createSlidingWindow(windowMs: number): SlidingWindow {
  let moments: number[] = [];
  let first = 0;

  function forget(now: number): void {
    while ((moments[first] ?? Infinity) <= now - windowMs) first++;
    if (first < compactAfter) return;
    moments = moments.slice(first);
    first = 0;
  }

  return {
    add(now, count = 1) {
      forget(now);
      for (let added = 0; added < count; added++) moments.push(now);
    },
    count(now) {
      forget(now);
      return moments.length - first;
    },
    waitMs(limit, now) {
      forget(now);
      if (limit < 1) return windowMs;
      const excess = moments.length - first - limit;
      const decisive = excess < 0 ? undefined : moments[first + excess];
      return decisive === undefined ? 0 : decisive + windowMs - now;
    },
  };
}

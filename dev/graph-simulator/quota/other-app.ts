/** An app beside the one under test; it sends at an even pace, which can be changed. */
export interface OtherApp {
  /** Its requests in the window that ends at `now`; not a whole number. */
  loadAt(now: number): number;
  perSecond(): number;
  setPace(perSecond: number, now: number): void;
}

/**
 * An app that has sent at this pace forever. When it stops, what it sent before leaves the window
 * little by little, as with a real one.
 */
export function createOtherApp(windowMs: number, perSecond: number): OtherApp {
  // Each pace holds from `since` to the next one's. The first has no beginning.
  let paces = [{ since: -Infinity, perSecond }];
  return {
    loadAt(now) {
      let load = 0;
      let end = now;
      for (const pace of paces.toReversed()) {
        const begin = Math.max(pace.since, now - windowMs);
        load += (Math.max(0, end - begin) / 1000) * pace.perSecond;
        end = Math.min(end, begin);
      }
      return load;
    },
    perSecond: () => paces.at(-1)?.perSecond ?? 0,
    setPace(changed, now) {
      const firstKept = paces.findLastIndex(({ since }) => since <= now - windowMs);
      paces = [...paces.slice(Math.max(0, firstKept)), { since: now, perSecond: changed }];
    },
  };
}

/** The times of the latest writes, milliseconds since 1970. */
export interface WriteLog {
  add(at: number): void;
  lastAt(): number | undefined;
  /** How many of the kept writes came later than `at`. */
  countAfter(at: number): number;
  /** The kept writes that came later than `at`, the earliest first. */
  timesAfter(at: number): number[];
  clear(): void;
}

/** Keeps the latest `capacity` writes in a ring, so that a long simulation needs no more memory. */
export function createWriteLog(capacity = 100_000): WriteLog {
  const ring = new Float64Array(capacity);
  let added = 0;
  /** @param back 0 for the newest write, 1 for the one before it */
  const newest = (back: number): number => ring[(added - 1 - back) % capacity] ?? 0;
  const countAfter = (at: number): number => {
    const kept = Math.min(added, capacity);
    let later = 0;
    // Times ascend: going back from the newest, the first one that is not later ends the count.
    while (later < kept && newest(later) > at) later++;
    return later;
  };
  return {
    add: (at) => (ring[added++ % capacity] = at),
    lastAt: () => (added === 0 ? undefined : newest(0)),
    countAfter,
    timesAfter(at) {
      const count = countAfter(at);
      return Array.from({ length: count }, (_, place) => newest(count - 1 - place));
    },
    clear: () => (added = 0),
  };
}

/** The times of the latest writes, milliseconds since 1970. */
export interface WriteLog {
  add(at: number): void;
  lastAt(): number | undefined;
  /** How many of the kept writes came later than `at`. */
  countAfter(at: number): number;
  clear(): void;
}

/** Keeps the latest `capacity` writes in a ring, so that a long simulation needs no more memory. */
export function createWriteLog(capacity = 100_000): WriteLog {
  const ring = new Float64Array(capacity);
  let added = 0;
  return {
    add: (at) => (ring[added++ % capacity] = at),
    lastAt: () => (added === 0 ? undefined : ring[(added - 1) % capacity]),
    countAfter(at) {
      const kept = Math.min(added, capacity);
      let later = 0;
      // Times ascend: going back from the newest, the first one that is not later ends the count.
      while (later < kept && (ring[(added - 1 - later) % capacity] ?? 0) > at) later++;
      return later;
    },
    clear: () => (added = 0),
  };
}

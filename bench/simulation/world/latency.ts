/** How long something takes, ms: log-normal, so that a few take far longer than most. */
export interface Latency {
  /** Half of them take no longer than this, ms. */
  readonly medianMs: number;
  /** The standard deviation of its logarithm: at 0.5, one in a hundred takes 3.2 times the median. */
  readonly spread: number;
}

/** Latencies as an app sees them in the region of its storage; Graph's as in public measurements. */
export const latencies = {
  table: { medianMs: 8, spread: 0.5 },
  queue: { medianMs: 10, spread: 0.5 },
  /** From an instance to Graph's gate, which counts the writes. */
  toGraph: { medianMs: 25, spread: 0.5 },
  /** From the gate back: Intune does its work. */
  graphBatch: { medianMs: 350, spread: 0.4 },
  graphPage: { medianMs: 200, spread: 0.2 },
  /** A bulk call takes 2 s in all. */
  graphBulk: { medianMs: 1_975, spread: 0.05 },
} as const satisfies Record<string, Latency>;

/**
 * Draws how long something takes (Box-Muller).
 *
 * @param random a number in [0, 1), drawn anew each time
 */
export function drawLatency({ medianMs, spread }: Latency, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return medianMs * Math.exp(spread * normal);
}

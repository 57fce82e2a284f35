import { setTimeout as delay } from 'node:timers/promises';

/** Time as timers see it; tests move their own. */
export interface Clock {
  now: () => Date;
  /** Resolves at an instant, or as soon as the signal aborts. */
  sleepUntil: (instant: Date, signal: AbortSignal) => Promise<void>;
}

/** Node's timers overflow at 24.8 days; a longer wait is made of several. */
const LONGEST_LEG_MS = 24 * 24 * 60 * 60_000;

/** The machine's clock. It looks again after each leg, so a changed or suspended clock is noticed. */
export const systemClock: Clock = {
  now: () => new Date(),
  async sleepUntil(instant, signal) {
    for (;;) {
      const remaining = instant.getTime() - Date.now();
      if (remaining <= 0 || signal.aborted) return;
      const leg = Math.min(remaining, LONGEST_LEG_MS);
      await delay(leg, undefined, { signal }).catch(() => undefined);
    }
  },
};

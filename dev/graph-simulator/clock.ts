import { setTimeout as sleep } from 'node:timers/promises';

/** Where the simulator gets the time from; tests pass one they move by hand. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC; never goes back. */
  now(): number;
  /** Resolves after `ms` milliseconds of this clock. */
  sleep(ms: number): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => sleep(ms),
};

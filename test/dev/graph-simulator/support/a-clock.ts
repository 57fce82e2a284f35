import type { Clock } from '../../../../dev/graph-simulator/index.ts';

/** A clock that stands still until it is moved; sleeping moves it, and takes no real time. */
export interface TestClock extends Clock {
  advance(ms: number): void;
  /** Every duration that was slept, in ms. */
  slept: number[];
}

export const startOfTime = Date.parse('2026-11-21T08:00:00Z');

export function aClock(): TestClock {
  let now = startOfTime;
  const slept: number[] = [];
  return {
    now: () => now,
    sleep(ms) {
      slept.push(ms);
      now += ms;
      return Promise.resolve();
    },
    advance: (ms) => (now += ms),
    slept,
  };
}

import { describe, expect, it } from 'vitest';
import { recoveredAfter } from '../../bench/suites/other-app.ts';

/** Moments at an even pace, ms. */
const evenly = (from: number, to: number, everyMs: number) =>
  Array.from({ length: Math.floor((to - from) / everyMs) }, (_, at) => from + at * everyMs);

describe('recovery', () => {
  it('begins with the first window that has all but a little of the quota', () => {
    const times = [...evenly(1_000, 31_000, 200), ...evenly(31_000, 81_000, 100)];
    // A window that begins at 29,000 has 9 writes of the slow part and 181 of the fast one.
    expect(recoveredAfter(times, 1_000)).toBe(28_000);
  });

  it('never comes at the slow pace', () => {
    expect(recoveredAfter(evenly(0, 60_000, 200), 0)).toBe(Infinity);
  });
});

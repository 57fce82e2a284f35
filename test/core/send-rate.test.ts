import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateAt } from '../../src/core/send-rate.ts';
import { startOfTest as now } from '../support/factories.ts';

const CEILING = 10;

/** The rate so many seconds after a 429 at `limit` writes per second. */
const after = (seconds: number, limit = 5) =>
  rateAt({ limit, cutAt: now }, CEILING, now + seconds * 1_000);

describe('the rate', () => {
  it('is the ceiling while Graph never throttled', () => {
    expect(rateAt({ cutAt: 0 }, CEILING, now)).toBe(CEILING);
  });

  it('is cut by a fifth by a 429', () => {
    expect(after(0)).toBeCloseTo(4, 6);
  });

  it('stays within 2 % of the rate that was throttled for half a minute around its return', () => {
    for (let seconds = 20; seconds <= 48; seconds++) {
      expect(Math.abs(after(seconds) / 5 - 1)).toBeLessThan(0.02);
    }
  });

  it.each([
    [5, 95],
    [2.5, 120],
    [1, 155],
  ])('is back at 10/s after a 429 at %d/s when nothing throttled for %d s', (limit, seconds) => {
    expect(after(seconds, limit)).toBe(CEILING);
  });

  it('never stops: a write is tried every 20 s, however often Graph throttled', () => {
    expect(rateAt({ limit: 0.001, cutAt: now }, CEILING, now)).toBe(0.05);
  });

  it('is not moved by a clock that lies behind the cut', () => {
    expect(after(-5)).toBe(after(0));
  });

  it('only ever grows between two 429s, never beyond the ceiling', () => {
    const anyLimit = fc.double({ min: 0.05, max: 20, noNaN: true });
    const anySeconds = fc.double({ min: 0, max: 7_200, noNaN: true });
    fc.assert(
      fc.property(anyLimit, anySeconds, anySeconds, (limit, one, other) => {
        const [sooner, later] = one < other ? [one, other] : [other, one];
        expect(after(sooner, limit)).toBeLessThanOrEqual(after(later, limit));
        expect(after(later, limit)).toBeLessThanOrEqual(CEILING);
      }),
      { numRuns: 10_000 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/core/backoff.ts';

const policy = { initialDelayMs: 5_000, maxDelayMs: 300_000 };

describe('backoffMs', () => {
  it.each([
    [1, 5_000],
    [2, 10_000],
    [3, 20_000],
    [6, 160_000],
    [7, 300_000],
    [2_000, 300_000],
  ])('after %i failures the ceiling is %i ms', (failures, ceiling) => {
    expect([0, 0.5, 1].map((random) => backoffMs(failures, policy, () => random))).toEqual([
      0,
      ceiling / 2,
      ceiling,
    ]);
  });

  it('is a whole number between 0 and both ceilings, whatever the policy', () => {
    const anyPolicy = fc.record({
      initialDelayMs: fc.integer({ min: 100, max: 3_600_000 }),
      maxDelayMs: fc.integer({ min: 100, max: 3_600_000 }),
    });
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), anyPolicy, random, (failures, any, drawn) => {
        const wait = backoffMs(failures, any, () => drawn);
        const ceiling = any.initialDelayMs * 2 ** Math.max(0, failures - 1);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(Math.min(ceiling, any.maxDelayMs));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClockOffset, correctionOf, withSample } from '../../src/core/clock-offset.ts';
import { startOfTest as now } from '../support/factories.ts';

/** An answer that takes 100 ms and comes from a server whose clock is ahead by `offset`. */
function sampleAt(at: number, offset: number) {
  const serverNow = at + 50 + offset;
  return {
    sentAt: at,
    receivedAt: at + 100,
    serverSecond: Math.floor(serverNow / 1_000) * 1_000,
  };
}

function learn(offset: number, moments: readonly number[]): ClockOffset {
  let known: ClockOffset | undefined;
  for (const at of moments) known = withSample(known, sampleAt(at, offset));
  if (known === undefined) throw new Error('no moments');
  return known;
}

describe('the offset of a clock', () => {
  it('is known to a second and the round trip after one answer', () => {
    expect(withSample(undefined, sampleAt(now, 0))).toEqual({ min: -100, max: 1_000 });
  });

  it('is known better after each answer at another moment of the second', () => {
    expect(learn(0, [now, now + 900])).toEqual({ min: -100, max: 100 });
  });

  it('starts again when an answer contradicts what was known: a clock was set', () => {
    const known = learn(0, [now, now + 900]);
    const sample = sampleAt(now, 60_000);
    expect(withSample(known, sample)).toEqual({ min: 59_900, max: 61_000 });
  });

  it('holds the truth, whatever it is', () => {
    const anyOffset = fc.integer({ min: -5_000, max: 5_000 });
    const moments = fc.array(fc.integer({ min: now, max: now + 60_000 }), { minLength: 1 });
    fc.assert(
      fc.property(anyOffset, moments, (offset, at) => {
        const { min, max } = learn(offset, at);
        expect(min).toBeLessThanOrEqual(offset);
        expect(max).toBeGreaterThanOrEqual(offset);
      }),
    );
  });
});

describe('the correction', () => {
  it('leaves a clock alone that may be right', () => {
    expect(correctionOf({ min: -100, max: 900 })).toBe(0);
  });

  it('moves a clock that may be nearly right no further than it must be', () => {
    expect(correctionOf({ min: 120, max: 900 })).toBe(120);
    expect(correctionOf({ min: -900, max: -120 })).toBe(-120);
  });

  it('takes the middle of the bounds for a clock that is certainly wrong', () => {
    expect(correctionOf({ min: 4_500, max: 5_500 })).toBe(5_000);
    expect(correctionOf({ min: -5_500, max: -4_500 })).toBe(-5_000);
  });

  it('is right to a tenth of a second after answers at ten moments of a second', () => {
    const moments = Array.from({ length: 10 }, (_, place) => now + place * 1_100);
    for (const offset of [-5_000, -3_333, 2_020, 5_000]) {
      expect(Math.abs(correctionOf(learn(offset, moments)) - offset)).toBeLessThanOrEqual(100);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FULL_BUCKET, bucketOf, drawToken } from '../../src/core/token-bucket.ts';
import { startOfTest as now } from '../support/factories.ts';

const size = bucketOf(10);

/** Draws at each of the moments; whether each was granted. */
function drawAt(moments: readonly number[]): boolean[] {
  let fullAt = FULL_BUCKET;
  return moments.map((at) => {
    const draw = drawToken(fullAt, size, at);
    if (draw.isGranted) fullAt = draw.fullAt;
    return draw.isGranted;
  });
}

describe('a bucket of ten tokens a minute', () => {
  it('gives ten at once, and says when there is another', () => {
    let fullAt = FULL_BUCKET;
    for (let taken = 1; taken <= 10; taken++) {
      const draw = drawToken(fullAt, size, now);
      expect(draw).toEqual({ isGranted: true, fullAt: now + taken * 6_000 });
      if (draw.isGranted) ({ fullAt } = draw);
    }
    expect(drawToken(fullAt, size, now + 1_000)).toEqual({
      isGranted: false,
      retryAfterMs: 5_000,
    });
    expect(drawToken(fullAt, size, now + 6_000)).toMatchObject({ isGranted: true });
  });

  it('never holds more than ten, however long nobody draws', () => {
    const later = Array.from({ length: 11 }, () => now + 24 * 3_600_000);
    expect(drawAt([now, ...later]).filter((isGranted) => !isGranted)).toHaveLength(1);
  });

  it('gives no more than ten and those that came back, whenever they are drawn', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(waits, (given) => {
        let at = now;
        const moments = given.map((wait) => (at += wait));
        const granted = drawAt(moments).filter(Boolean).length;
        expect(granted).toBeLessThanOrEqual(10 + Math.floor((at - now) / 6_000));
      }),
    );
  });

  it('makes nobody wait for longer than one token takes, also after a clock that was ahead', () => {
    expect(drawToken(now + 24 * 3_600_000, size, now)).toEqual({
      isGranted: false,
      retryAfterMs: 6_000,
    });
  });
});

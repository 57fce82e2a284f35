import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSlidingWindow } from '../../../../dev/graph-simulator/quota/sliding-window.ts';

describe('a sliding window', () => {
  it('forgets a moment when it is as old as the window is long', () => {
    const window = createSlidingWindow(1000);
    window.add(0);
    expect([window.count(999), window.count(1000)]).toEqual([1, 0]);
  });

  it('knows how long until there is room', () => {
    const window = createSlidingWindow(1000);
    for (const at of [0, 100, 200]) window.add(at);
    expect([4, 3, 2, 1, 0].map((limit) => window.waitMs(limit, 200))).toEqual([
      0, 800, 900, 1000, 1000,
    ]);
  });

  it('counts as a list of all moments would', () => {
    const steps = fc.array(fc.nat({ max: 50 }), { maxLength: 300 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 200 }), (gaps, windowMs) => {
        const window = createSlidingWindow(windowMs);
        const moments: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          window.add(now);
          moments.push(now);
          expect(window.count(now)).toBe(moments.filter((at) => at > now - windowMs).length);
        }
      }),
    );
  });

  it('stays right when it has forgotten thousands', () => {
    const window = createSlidingWindow(100);
    for (let now = 0; now < 20_000; now++) window.add(now);
    expect(window.count(19_999)).toBe(100);
  });
});

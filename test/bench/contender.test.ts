import { expect, it } from 'vitest';
import { paceOf } from '../../bench/comparison/contender.ts';

it('takes the pace from whole windows after the first, so that bursts do not count as pace', () => {
  // 200 at once, at the beginning of each 20 s.
  const progress = Array.from({ length: 200 }, (_, look) => {
    const seconds = (look + 1) / 4;
    return { seconds, reached: 200 * (1 + Math.floor((seconds - 0.25) / 20)) };
  });
  expect(paceOf(progress)).toBe(10);
});

it('takes the pace from all there is when that is less than two windows', () => {
  expect(paceOf([{ seconds: 10, reached: 20 }])).toBe(2);
});

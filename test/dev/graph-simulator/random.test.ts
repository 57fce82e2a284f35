import { describe, expect, it } from 'vitest';
import { createDraw, createStream, pick, shuffle } from '../../../dev/graph-simulator/random.ts';

const draws = (count: number, draw: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => draw(index));

describe('a draw', () => {
  it('depends on seed, name and index, and on nothing else', () => {
    expect(draws(5, createDraw(1, 'a'))).toEqual(draws(5, createDraw(1, 'a')));
    expect(draws(5, createDraw(1, 'a'))).not.toEqual(draws(5, createDraw(2, 'a')));
    expect(draws(5, createDraw(1, 'a'))).not.toEqual(draws(5, createDraw(1, 'b')));
  });

  it.each([0, 1, 2, 12345, -7])('is even over [0, 1) with seed %i', (seed) => {
    const tenths = Array<number>(10).fill(0);
    for (const unit of draws(100_000, createDraw(seed, 'x'))) {
      const at = Math.floor(unit * 10);
      tenths[at] = (tenths[at] ?? 0) + 1;
    }
    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('says nothing about another draw of the same device', () => {
    const [a, b] = [createDraw(1, 'a'), createDraw(1, 'b')];
    const both = draws(100_000, (index) => Number(a(index) < 0.1 && b(index) < 0.1));
    const count = both.reduce((sum, one) => sum + one, 0);
    expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('a stream', () => {
  it('goes through the numbers of the draw', () => {
    const stream = createStream(3, 's');
    expect([stream(), stream(), stream()]).toEqual(draws(3, createDraw(3, 's')));
  });
});

describe('choosing and shuffling', () => {
  it('picks from the first to the last', () => {
    expect([0, 0.34, 0.999].map((unit) => pick(['a', 'b', 'c'], unit))).toEqual(['a', 'b', 'c']);
    expect(() => pick([], 0.5)).toThrow(RangeError);
  });

  it('keeps every entry and leaves the list alone', () => {
    const list = ['a', 'b', 'c', 'd'];
    const shuffled = shuffle(list, createStream(1, 'shuffle'));
    expect(shuffled.toSorted()).toEqual(list);
    expect(list).toEqual(['a', 'b', 'c', 'd']);
  });
});

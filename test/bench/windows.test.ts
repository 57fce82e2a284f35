import { describe, expect, it } from 'vitest';
import { countUntil, countWindows } from '../../bench/support/windows.ts';

describe('the windows of a stretch', () => {
  it('may begin at any moment, so that a gap shows wherever it is', () => {
    const times = [10, 11, 12, 13, 30, 31, 32, 33];
    expect(countWindows(times, { from: 0, to: 40 }, 10)).toEqual({ fewest: 0, most: 4 });
  });

  it('do not count a moment twice that leaves as another one comes', () => {
    const times = [0, 10, 20, 30, 40];
    expect(countWindows(times, { from: 0, to: 40 }, 10)).toEqual({ fewest: 1, most: 1 });
  });

  it('lie wholly within it', () => {
    const times = [5, 6, 7, 100, 101];
    expect(countWindows(times, { from: 4, to: 24 }, 20)).toEqual({ fewest: 3, most: 3 });
  });

  it('are as empty as they can be between bursts', () => {
    const bursts = [0, 0, 0, 10, 10, 10, 20, 20, 20];
    expect(countWindows(bursts, { from: 0, to: 25 }, 15)).toEqual({ fewest: 3, most: 6 });
  });

  it('do not fit into less than one', () => {
    expect(() => countWindows([], { from: 0, to: 9 }, 10)).toThrow(RangeError);
  });
});

it('counts ascending moments up to one of them', () => {
  expect([0, 1, 2, 3, 9].map((at) => countUntil([1, 2, 2, 3], at))).toEqual([0, 1, 3, 4, 4]);
});

import { describe, expect, it } from 'vitest';
import { type Bar, isMet } from '../../bench/bar.ts';

function aBar(value: number, isAtMost: boolean): Bar {
  return { name: 'a figure', value, bound: 10, isAtMost, unit: '' };
}

describe('isMet', () => {
  it('lets a figure reach its bound from below or from above', () => {
    const met = [aBar(10, true), aBar(9, true), aBar(10, false), aBar(11, false)];
    expect(met.map(isMet)).toEqual([true, true, true, true]);
  });

  it('refuses a figure beyond its bound', () => {
    expect([aBar(10.1, true), aBar(9.9, false)].map(isMet)).toEqual([false, false]);
  });

  it('refuses a figure that could not be measured', () => {
    expect([aBar(Number.NaN, true), aBar(Number.NaN, false)].map(isMet)).toEqual([false, false]);
  });
});

import { describe, expect, it } from 'vitest';
import { type Axis, placeOn, ticksOf } from '../../../../bench/simulation/plot/axis.ts';

const log: Axis = { kind: 'log', min: 1_000, max: 1_000_000, label: '' };
const linear: Axis = { kind: 'linear', min: 0, max: 32, label: '' };

describe('axis', () => {
  it('places powers of ten at even distances on a logarithmic axis', () => {
    const places = [1_000, 10_000, 1_000_000].map((value) => placeOn(log, value));
    expect(places.map((place) => Math.round(place * 1_000))).toEqual([0, 333, 1_000]);
  });

  it('places values in proportion on a linear axis', () => {
    expect([0, 8, 32].map((value) => placeOn(linear, value))).toEqual([0, 0.25, 1]);
  });

  it('has a tick at each power of ten of a logarithmic axis', () => {
    expect(ticksOf(log)).toEqual([1_000, 10_000, 100_000, 1_000_000]);
  });

  it('has ticks at round values of a linear axis', () => {
    expect(ticksOf(linear)).toEqual([0, 10, 20, 30]);
  });
});

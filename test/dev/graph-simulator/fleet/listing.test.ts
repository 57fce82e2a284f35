import { describe, expect, it } from 'vitest';
import { createFleet, type Fleet } from '../../../../dev/graph-simulator/fleet/fleet.ts';
import { fleetSchema } from '../../../../dev/graph-simulator/fleet/fleet-options.ts';
import { startOfTime } from '../support/a-clock.ts';

function aFleet(devices: number): Fleet {
  return createFleet(fleetSchema.parse({ devices }), { startedAt: startOfTime, clockScale: 1 });
}

const listed = (fleet: Fleet) =>
  Array.from({ length: fleet.listedCount() }, (_, position) => fleet.atPosition(position) ?? -1);

describe('a listing', () => {
  it('stays in the order of names and ids through any changes', () => {
    const fleet = aFleet(100);
    for (let index = 0; index < 100; index += 3) fleet.rename(index, `X-${(index * 7) % 50}`);
    for (let index = 0; index < 100; index += 7) fleet.remove(index);
    const left = [...Array(100).keys()].filter((index) => index % 7 !== 0);
    const key = (index: number) => `${fleet.nameOf(index)}\n${fleet.ids.idOf(index)}`;
    expect(listed(fleet)).toEqual(left.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)));
    expect(fleet.atPosition(left.length)).toBeUndefined();
    for (const [position, index] of listed(fleet).entries()) {
      expect(fleet.positionAfter(fleet.nameOf(index), fleet.ids.idOf(index))).toBe(position + 1);
    }
  });

  it('can be emptied', () => {
    const fleet = aFleet(3);
    for (const index of [2, 0, 1]) fleet.remove(index);
    expect([fleet.listedCount(), fleet.atPosition(0)]).toEqual([0, undefined]);
    expect(fleet.find(fleet.ids.idOf(0))).toBeUndefined();
  });

  it('ignores what it does not list', () => {
    const fleet = aFleet(3);
    fleet.remove(1);
    fleet.rename(1, 'X');
    fleet.rename(5, 'X');
    fleet.remove(5);
    expect(listed(fleet)).toHaveLength(2);
    expect(fleet.nameOf(1)).not.toBe('X');
  });
});

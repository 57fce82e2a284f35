import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDeviceIds } from '../../../../dev/graph-simulator/fleet/device-ids.ts';
import { isGuid } from '../../../../dev/graph-simulator/guid.ts';

const million = 1_000_000;
const anIndex = fc.integer({ min: 0, max: million - 1 });

describe('device ids', () => {
  it('lead back to their device, in either case', () => {
    fc.assert(
      fc.property(fc.integer(), anIndex, (seed, index) => {
        const ids = createDeviceIds(seed, million);
        const id = ids.idOf(index);
        expect(isGuid(id)).toBe(true);
        expect(ids.indexOf(id)).toBe(index);
        expect(ids.indexOf(id.toUpperCase())).toBe(index);
      }),
    );
  });

  it('are all different', () => {
    const ids = createDeviceIds(1, 50_000);
    expect(new Set(Array.from({ length: 50_000 }, (_, index) => ids.idOf(index))).size).toBe(
      50_000,
    );
  });

  it('of no device, of another fleet or of none lead nowhere', () => {
    const ids = createDeviceIds(1, 10);
    expect(ids.indexOf(createDeviceIds(1, 11).idOf(10))).toBeUndefined();
    expect(ids.indexOf(createDeviceIds(2, 10).idOf(3))).toBeUndefined();
    expect(ids.indexOf(ids.idOf(3).replace(/.$/, 'x'))).toBeUndefined();
    expect(ids.indexOf('')).toBeUndefined();
  });
});

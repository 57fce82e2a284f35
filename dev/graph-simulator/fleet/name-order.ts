import { platformNames, platforms } from './platforms.ts';
import type { Traits } from './traits.ts';

/** The device's name, e.g. `WS-000123`; unique in the fleet. */
export function deviceNameOf(traits: Traits, index: number): string {
  return `${traits.platform(index).namePrefix}-${String(index).padStart(6, '0')}`;
}

/** Compares by code unit, as the listing's keyset does: negative, 0 or positive. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * The device indexes in the order of their names. Numbers have a fixed width and ascend, so putting
 * the platforms one after the other by prefix sorts the fleet without comparing a million names.
 */
export function createNameOrder(size: number, traits: Traits): Uint32Array {
  const byPrefix = platformNames.toSorted((a, b) =>
    compareText(platforms[a].namePrefix, platforms[b].namePrefix),
  );
  const counts = new Map(byPrefix.map((name) => [name, 0]));
  for (let index = 0; index < size; index++) {
    const name = traits.platformName(index);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const next = new Map<string, number>();
  let start = 0;
  for (const name of byPrefix) {
    next.set(name, start);
    start += counts.get(name) ?? 0;
  }
  const order = new Uint32Array(size);
  for (let index = 0; index < size; index++) {
    const name = traits.platformName(index);
    const position = next.get(name) ?? 0;
    order[position] = index;
    next.set(name, position + 1);
  }
  return order;
}

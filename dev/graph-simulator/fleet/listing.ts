import type { DeviceIds } from './device-ids.ts';
import { compareText, createNameOrder, deviceNameOf } from './name-order.ts';
import type { Traits } from './traits.ts';

/** The devices that Intune lists, ordered by name and then id; it changes when devices do. */
export interface Listing {
  /** How many devices are listed. */
  listedCount(): number;
  nameOf(index: number): string;
  /** The index of the device at a position from 0 to `listedCount()` - 1. */
  atPosition(position: number): number | undefined;
  /** The position of the first device that comes after this name and id, which need not exist. */
  positionAfter(name: string, id: string): number;
  isListed(index: number): boolean;
  /** Takes a device off the list for good; nothing happens when it is not on it. */
  remove(index: number): void;
  /** Gives a listed device another name, which moves it to another place in the list. */
  rename(index: number, name: string): void;
}

/** Lists all devices of a fleet. Only what was renamed is stored by name. */
export function createListing(size: number, ids: DeviceIds, traits: Traits): Listing {
  const order = createNameOrder(size, traits);
  const renamed = new Map<number, string>();
  const removed = new Set<number>();
  let count = size;
  const nameOf = (index: number) => renamed.get(index) ?? deviceNameOf(traits, index);

  function comesAfter(position: number, name: string, id: string): boolean {
    const index = order[position] ?? 0;
    return (compareText(nameOf(index), name) || compareText(ids.idOf(index), id)) > 0;
  }
  function positionAfter(name: string, id: string): number {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comesAfter(middle, name, id)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
  const isListed = (index: number) => index < size && !removed.has(index);

  function takeOut(index: number): void {
    const position = positionAfter(nameOf(index), ids.idOf(index)) - 1;
    order.copyWithin(position, position + 1, count--);
  }
  function putIn(index: number): void {
    const position = positionAfter(nameOf(index), ids.idOf(index));
    order.copyWithin(position + 1, position, count++);
    order[position] = index;
  }

  return {
    listedCount: () => count,
    nameOf,
    atPosition: (position) => (position < count ? order[position] : undefined),
    positionAfter,
    isListed,
    remove(index) {
      if (!isListed(index)) return;
      takeOut(index);
      removed.add(index);
    },
    rename(index, name) {
      if (!isListed(index)) return;
      takeOut(index);
      renamed.set(index, name);
      putIn(index);
    },
  };
}

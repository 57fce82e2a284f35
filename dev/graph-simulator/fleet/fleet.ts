import { createCheckIns, type CheckIns } from './check-ins.ts';
import { createDates, type Dates } from './dates.ts';
import { createDeviceIds, type DeviceIds } from './device-ids.ts';
import type { FleetSettings } from './fleet-options.ts';
import { compareText, createNameOrder, deviceNameOf } from './name-order.ts';
import { createTraits, type Traits } from './traits.ts';

/** A fleet of simulated devices, each known by its index from 0 to `size` - 1. */
export interface Fleet {
  settings: FleetSettings;
  size: number;
  ids: DeviceIds;
  traits: Traits;
  dates: Dates;
  checkIns: CheckIns;
  nameOf(index: number): string;
  /** The index of the device at a position of the list that is ordered by name, then id. */
  atPosition(position: number): number | undefined;
  /** The position of the first device that comes after this name and id, which need not exist. */
  positionAfter(name: string, id: string): number;
}

/** Options of `createFleet` that are not part of the fleet itself. */
export interface FleetSurroundings {
  /** When the simulation begins, milliseconds since 1970. */
  startedAt: number;
  /** Simulated milliseconds per real one, for how soon devices check in. */
  clockScale: number;
}

/** Makes a fleet that is calculated where it can be, and stored only where it must be. */
export function createFleet(settings: FleetSettings, around: FleetSurroundings): Fleet {
  const traits = createTraits(settings);
  const dates = createDates(settings, traits, around.startedAt);
  const ids = createDeviceIds(settings.seed, settings.devices);
  const order = createNameOrder(settings.devices, traits);
  const nameOf = (index: number) => deviceNameOf(traits, index);

  function comesAfter(position: number, name: string, id: string): boolean {
    const index = order[position] ?? 0;
    return (compareText(nameOf(index), name) || compareText(ids.idOf(index), id)) > 0;
  }

  return {
    settings,
    size: settings.devices,
    ids,
    traits,
    dates,
    checkIns: createCheckIns(settings, traits, dates, around.clockScale),
    nameOf,
    atPosition: (position) => order[position],
    positionAfter(name, id) {
      let [low, high] = [0, settings.devices];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (comesAfter(middle, name, id)) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}

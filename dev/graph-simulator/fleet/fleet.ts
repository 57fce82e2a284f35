import { createCheckIns, type CheckIns } from './check-ins.ts';
import { createDates, type Dates } from './dates.ts';
import { createDeviceIds, type DeviceIds } from './device-ids.ts';
import type { FleetSettings } from './fleet-options.ts';
import { createListing, type Listing } from './listing.ts';
import { createTraits, type Traits } from './traits.ts';
import { createUsers, type Users } from './users.ts';

/** A fleet of simulated devices, each known by its index from 0 to `size` - 1. */
export interface Fleet extends Listing {
  settings: FleetSettings;
  /** How many devices there were at the start; those removed since keep their index. */
  size: number;
  ids: DeviceIds;
  traits: Traits;
  dates: Dates;
  users: Users;
  checkIns: CheckIns;
  /** The index of a device that Intune has; undefined when the id is unknown, gone or removed. */
  find(id: string): number | undefined;
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
  const listing = createListing(settings.devices, ids, traits);
  return {
    ...listing,
    settings,
    size: settings.devices,
    ids,
    traits,
    dates,
    users: createUsers(settings),
    checkIns: createCheckIns(settings, traits, dates, around.clockScale),
    find(id) {
      const index = ids.indexOf(id);
      if (index === undefined || traits.isGone(index)) return undefined;
      return listing.isListed(index) ? index : undefined;
    },
  };
}

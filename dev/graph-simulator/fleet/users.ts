import { createGuids } from '../guid.ts';
import { createDraw } from '../random.ts';
import type { FleetSettings } from './fleet-options.ts';

/**
 * The people whose devices the fleet is made of. A user has the index of their first device, so
 * that not every index is a user.
 */
export interface Users {
  /** The user of the device with this index. */
  ofDevice(index: number): number;
  /** Graph's `user.id`, which is also `managedDevice.userId`. */
  idOf(user: number): string;
  principalNameOf(user: number): string;
  displayNameOf(user: number): string;
  /** The indexes of all users, ascending. */
  list(): number[];
}

/** Gives every device a user; `secondDeviceShare` of the devices go to one who has one already. */
export function createUsers(fleet: FleetSettings): Users {
  const idOf = createGuids(fleet.seed, 'user');
  const isSecond = createDraw(fleet.seed, 'secondDevice');
  const earlier = createDraw(fleet.seed, 'secondDevice.user');

  function ofDevice(index: number): number {
    let user = index;
    // The device drawn may itself be somebody's second one; each step goes to a smaller index.
    while (user > 0 && isSecond(user) < fleet.secondDeviceShare) {
      user = Math.floor(earlier(user) * user);
    }
    return user;
  }

  return {
    ofDevice,
    idOf,
    principalNameOf: (user) => `user${String(user).padStart(6, '0')}@example.com`,
    displayNameOf: (user) => `User ${user}`,
    list: () =>
      Array.from({ length: fleet.devices }, (_, index) => index).filter(
        (index) => ofDevice(index) === index,
      ),
  };
}

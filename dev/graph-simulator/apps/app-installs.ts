import type { Fleet } from '../fleet/fleet.ts';
import { createDraw } from '../random.ts';
import { createApps, type App } from './apps.ts';
import { createInstallTraits, type InstallTraits } from './install-traits.ts';
import type { InstallState } from './install-states.ts';

/** An app on a device, as it is for one of the device's users. */
export interface AppInstall {
  app: App;
  /** The device's index in the fleet. */
  device: number;
  /** The index of a user, which need not be the one whose device Intune says it is. */
  user: number;
  state: InstallState;
  /** A signed HRESULT, 0 unless the install failed. */
  errorCode: number;
}

/** Which apps the tenant has, and what became of them on the devices that are listed. */
export interface AppInstalls {
  apps: readonly App[];
  find(id: string): App | undefined;
  /** The indexes of the devices on which the app is in a state, ascending. */
  devicesIn(app: App, state: InstallState): number[];
  /** The same for each user of those devices, so that a device can be there twice. */
  of(app: App, state: InstallState): AppInstall[];
  errorCodeOf(app: App, device: number): number;
}

type DevicesByState = Readonly<Record<InstallState, number[]>>;

/** Of all devices: those that two people use. */
const sharedDeviceShare = 0.05;

/** Sorts the fleet by app and state once, when first asked, and keeps a number for each install. */
export function createAppInstalls(fleet: Fleet): AppInstalls {
  const { settings, users, size } = fleet;
  const apps = createApps(settings.seed);
  const traits = new Map(apps.map((app) => [app, createInstallTraits(app, settings)]));
  const isShared = createDraw(settings.seed, 'sharedDevice');
  const otherUser = createDraw(settings.seed, 'sharedDevice.user');
  let sorted: ReadonlyMap<App, DevicesByState> | undefined;

  function devicesIn(app: App, state: InstallState): number[] {
    sorted ??= sortByState(fleet, traits);
    return sorted.get(app)?.[state].filter((device) => fleet.isListed(device)) ?? [];
  }
  const errorCodeOf = (app: App, device: number) => traits.get(app)?.errorCode(device) ?? 0;

  function usersOf(device: number): number[] {
    const owner = users.ofDevice(device);
    if (isShared(device) >= sharedDeviceShare) return [owner];
    const other = users.ofDevice(Math.floor(otherUser(device) * size));
    return other === owner ? [owner] : [owner, other];
  }
  return {
    apps,
    find: (id) => apps.find((app) => app.id === id.toLowerCase()),
    devicesIn,
    of: (app, state) =>
      devicesIn(app, state).flatMap((device) => {
        const errorCode = errorCodeOf(app, device);
        return usersOf(device).map((user) => ({ app, device, user, state, errorCode }));
      }),
    errorCodeOf,
  };
}

function sortByState(
  { traits: devices, size }: Fleet,
  installs: ReadonlyMap<App, InstallTraits>,
): ReadonlyMap<App, DevicesByState> {
  const sorted = new Map([...installs.keys()].map((app) => [app, noDevices()]));
  for (let device = 0; device < size; device++) {
    const platform = devices.platformName(device);
    for (const [app, traits] of installs) {
      if (!app.platform.devices.includes(platform)) continue;
      sorted.get(app)?.[traits.state(device)].push(device);
    }
  }
  return sorted;
}

function noDevices(): DevicesByState {
  return { installed: [], failed: [], notInstalled: [], pendingInstall: [], notApplicable: [] };
}

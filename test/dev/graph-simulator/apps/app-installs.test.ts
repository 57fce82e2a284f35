import { describe, expect, it } from 'vitest';
import {
  createAppInstalls,
  type AppInstalls,
} from '../../../../dev/graph-simulator/apps/app-installs.ts';
import type { App } from '../../../../dev/graph-simulator/apps/apps.ts';
import {
  installStateNames,
  type InstallState,
} from '../../../../dev/graph-simulator/apps/install-states.ts';
import { createFleet, type Fleet } from '../../../../dev/graph-simulator/fleet/fleet.ts';
import {
  fleetSchema,
  type FleetOptions,
} from '../../../../dev/graph-simulator/fleet/fleet-options.ts';
import { startOfTime } from '../support/a-clock.ts';

function aTenant(options: FleetOptions): { fleet: Fleet; installs: AppInstalls } {
  const around = { startedAt: startOfTime, clockScale: 1 };
  const fleet = createFleet(fleetSchema.parse(options), around);
  return { fleet, installs: createAppInstalls(fleet) };
}

/** The codes that the failed installs of an app ended with, each once, ascending. */
function codesOf(installs: AppInstalls, app: App): number[] {
  const codes = installs.of(app, 'failed').map(({ errorCode }) => errorCode);
  return [...new Set(codes)].toSorted((a, b) => a - b);
}

/** Of all pairs of an app and a device of its platform: those in a state. */
function shareIn(installs: AppInstalls, state: InstallState): number {
  const count = (one: InstallState) =>
    installs.apps.reduce((sum, app) => sum + installs.devicesIn(app, one).length, 0);
  return count(state) / installStateNames.reduce((sum, one) => sum + count(one), 0);
}

const undocumented = -2_016_345_060;

describe('the apps of a tenant', () => {
  it('are the same for the same seed, and have other ids for another one', () => {
    const idsOf = (seed: number) => aTenant({ devices: 0, seed }).installs.apps.map(({ id }) => id);
    expect(idsOf(7)).toEqual(idsOf(7));
    expect(new Set([...idsOf(7), ...idsOf(8)]).size).toBe(24);
  });

  it('are for phones and tablets of both makes, and for both kinds of computers', () => {
    const { installs } = aTenant({ devices: 0 });
    const platforms = installs.apps.map(({ platform }) => platform.text);
    const count = (text: string) => platforms.filter((one) => one === text).length;
    expect(['iOS/iPadOS', 'Android', 'Windows', 'macOS'].map(count)).toEqual([4, 4, 3, 1]);
  });

  it('are found by id in either case', () => {
    const { installs } = aTenant({ devices: 0 });
    const [app] = installs.apps;
    expect(installs.find(app?.id.toUpperCase() ?? '')).toBe(app);
    expect(installs.find('12345678-1234-4123-8123-123456789abc')).toBeUndefined();
  });
});

describe('the installs of an app', () => {
  it('are in one state on each device of its platform, and on no other', () => {
    const { fleet, installs } = aTenant({ devices: 2000 });
    for (const app of installs.apps) {
      const devices = installStateNames.flatMap((state) => installs.devicesIn(app, state));
      const expected = Array.from({ length: fleet.size }, (_, device) => device).filter((device) =>
        app.platform.devices.includes(fleet.traits.platformName(device)),
      );
      expect(devices.toSorted((a, b) => a - b)).toEqual(expected);
    }
  });

  it('failed for the share that was asked for, a fiftieth by default', () => {
    const { installs } = aTenant({ devices: 50_000 });
    expect(shareIn(installs, 'failed')).toBeCloseTo(0.02, 2);
    const failing = aTenant({ devices: 20_000, failedInstallShare: 0.4 }).installs;
    expect(shareIn(failing, 'failed')).toBeCloseTo(0.4, 1);
    expect(shareIn(aTenant({ devices: 500, failedInstallShare: 0 }).installs, 'failed')).toBe(0);
    expect(shareIn(aTenant({ devices: 500, failedInstallShare: 1 }).installs, 'failed')).toBe(1);
  });

  it('are done in most of the other cases, and pending, missing or not meant in the rest', () => {
    const { installs } = aTenant({ devices: 50_000, failedInstallShare: 0.5 });
    expect(shareIn(installs, 'installed')).toBeCloseTo(0.45, 1);
    expect(shareIn(installs, 'pendingInstall')).toBeCloseTo(0.02, 2);
    expect(shareIn(installs, 'notInstalled')).toBeCloseTo(0.02, 2);
    expect(shareIn(installs, 'notApplicable')).toBeCloseTo(0.01, 2);
  });

  it('end on phones and tablets with a code of which the effect of a sync is known, or not', () => {
    const { installs } = aTenant({ devices: 3000, failedInstallShare: 1 });
    const known = Array.from({ length: 11 }, (_, step) => -2_016_330_898 + step);
    const mobile = installs.apps.filter(({ platform }) =>
      ['iOS/iPadOS', 'Android'].includes(platform.text),
    );
    expect(mobile).toHaveLength(8);
    for (const app of mobile) expect(codesOf(installs, app)).toEqual([undocumented, ...known]);
  });

  it('end on computers with codes of which no effect of a sync is known', () => {
    const { installs } = aTenant({ devices: 3000, failedInstallShare: 1 });
    const computers = installs.apps.filter(({ platform }) =>
      ['Windows', 'macOS'].includes(platform.text),
    );
    expect(computers.map((app) => codesOf(installs, app))).toEqual([
      [-2_147_023_436, undocumented],
      [-2_147_023_436, undocumented],
      [-2_147_023_436, undocumented],
      [undocumented],
    ]);
  });

  it('have no code unless they failed', () => {
    const { installs } = aTenant({ devices: 500 });
    for (const state of installStateNames.filter((one) => one !== 'failed')) {
      const found = installs.apps.flatMap((app) => installs.of(app, state));
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter(({ errorCode }) => errorCode !== 0)).toEqual([]);
    }
  });

  it('are there twice, for different users, where two people share the device', () => {
    const { fleet, installs } = aTenant({ devices: 20_000, failedInstallShare: 1 });
    const [app] = installs.apps;
    if (app === undefined) throw new Error('There is no app.');
    const byDevice = new Map<number, number[]>();
    for (const { device, user } of installs.of(app, 'failed')) {
      byDevice.set(device, [...(byDevice.get(device) ?? []), user]);
    }
    const shared = [...byDevice.values()].filter(({ length }) => length === 2);
    expect(shared.length / byDevice.size).toBeCloseTo(0.05, 1);
    for (const [device, users] of byDevice) {
      expect(users[0]).toBe(fleet.users.ofDevice(device));
      expect(new Set(users).size).toBe(users.length);
    }
  });

  it('disappear with a device that is removed from the list', () => {
    const { fleet, installs } = aTenant({ devices: 100, failedInstallShare: 1 });
    const app = installs.apps.find(({ platform }) => platform.text === 'Windows');
    if (app === undefined) throw new Error('There is no app for Windows.');
    const [removed = -1, ...others] = installs.devicesIn(app, 'failed');
    fleet.remove(removed);
    expect(installs.devicesIn(app, 'failed')).toEqual(others);
    expect(installs.of(app, 'failed').filter(({ device }) => device === removed)).toEqual([]);
  });
});

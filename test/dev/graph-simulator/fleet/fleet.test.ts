import { describe, expect, it } from 'vitest';
import { createFleet, type Fleet } from '../../../../dev/graph-simulator/fleet/fleet.ts';
import {
  fleetSchema,
  type FleetOptions,
} from '../../../../dev/graph-simulator/fleet/fleet-options.ts';
import { zeroGuid } from '../../../../dev/graph-simulator/guid.ts';
import { startGraphSimulator } from '../../../../dev/graph-simulator/index.ts';
import { startOfTime } from '../support/a-clock.ts';

function aFleet(options: FleetOptions): Fleet {
  return createFleet(fleetSchema.parse(options), { startedAt: startOfTime, clockScale: 1 });
}

/** The part of the fleet's devices for which something holds. */
function shareOf(fleet: Fleet, holds: (index: number) => boolean): number {
  let count = 0;
  for (let index = 0; index < fleet.size; index++) if (holds(index)) count++;
  return count / fleet.size;
}

describe('a fleet', () => {
  it('has the mix of platforms it was asked for', () => {
    const fleet = aFleet({ devices: 100_000 });
    const share = (name: string) =>
      shareOf(fleet, (one) => fleet.traits.platformName(one) === name);
    const expected = {
      windows: 0.7,
      iOS: 0.1,
      iPadOS: 0.03,
      macOS: 0.08,
      android: 0.07,
      linux: 0.01,
      chromeOS: 0.01,
    };
    for (const [name, part] of Object.entries(expected)) expect(share(name)).toBeCloseTo(part, 2);
  });

  it('has the shares it was asked for', () => {
    const { traits, ...fleet } = aFleet({
      devices: 100_000,
      companyShare: 0.6,
      coManagedShare: 0.5,
      noSyncAgentShare: 0.1,
      leavingShare: 0.2,
      compliantShare: 0.7,
      neverSyncedShare: 0.05,
      unregisteredShare: 0.15,
      goneShare: 0.03,
      offlineShare: 0.25,
      lateShare: 0.35,
    });
    const share = (holds: (index: number) => boolean) => shareOf({ traits, ...fleet }, holds);
    expect(share((one) => traits.isCompany(one))).toBeCloseTo(0.6, 2);
    // Half of the Windows devices (70 %) that have an agent that can sync (90 %).
    expect(share((one) => traits.agent(one) === 'configurationManagerClientMdm')).toBeCloseTo(
      0.315,
      2,
    );
    expect(share((one) => ['eas', 'jamf', 'msSense'].includes(traits.agent(one)))).toBeCloseTo(
      0.1,
      2,
    );
    expect(share((one) => traits.state(one) !== 'managed')).toBeCloseTo(0.2, 2);
    expect(share((one) => traits.compliance(one) === 'compliant')).toBeCloseTo(0.7, 2);
    expect(share((one) => traits.hasNeverSynced(one))).toBeCloseTo(0.05, 2);
    expect(share((one) => traits.isRegistered(one))).toBeCloseTo(0.85, 2);
    expect(share((one) => traits.isGone(one))).toBeCloseTo(0.03, 2);
    expect(share((one) => traits.answers(one) === 'never')).toBeCloseTo(0.25, 2);
    expect(share((one) => traits.answers(one) === 'late')).toBeCloseTo(0.35, 2);
  });

  it('finds its place in the order of names, for every device and between devices', () => {
    const fleet = aFleet({ devices: 500 });
    for (let position = 0; position < fleet.size; position++) {
      const index = fleet.atPosition(position) ?? -1;
      const name = fleet.nameOf(index);
      expect(fleet.positionAfter(name, fleet.ids.idOf(index))).toBe(position + 1);
      expect(fleet.positionAfter(name, zeroGuid)).toBe(position);
    }
    expect(fleet.positionAfter('', zeroGuid)).toBe(0);
    expect(fleet.positionAfter('ZZZ', zeroGuid)).toBe(500);
  });

  it.each([
    [{ devices: -1 }, 'fleet.devices: '],
    [{ devices: 1_000_001 }, 'fleet.devices: '],
    [{ devices: 1.5 }, 'fleet.devices: '],
    [{ devices: 1, goneShare: 1.1 }, 'fleet.goneShare: '],
    [{ devices: 1, gonShare: 0.1 }, '"gonShare"'],
    [
      {
        devices: 1,
        platforms: { windows: 0, iOS: 0, iPadOS: 0, macOS: 0, android: 0, linux: 0, chromeOS: 0 },
      },
      'fleet.platforms: at least one platform needs a weight',
    ],
  ])('%j is refused by name', async (fleet, message) => {
    const certificate = { key: '', cert: '' };
    await expect(startGraphSimulator({ certificate, fleet })).rejects.toThrow(message);
  });
});

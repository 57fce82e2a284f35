import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListedDevice } from '../../src/core/device.ts';
import {
  type Plan,
  type PlanRules,
  countBy,
  countByReason,
  planBuilder,
} from '../../src/core/plan.ts';
import { aDevice, aDeviceId, startOfTest, syncCommand } from '../support/factories.ts';

/** The rules of a plan of the whole fleet. */
const everything: PlanRules = {
  match: () => 'included',
  skip: {},
  unsupported: syncCommand.unsupported,
  now: startOfTest,
};

function planOf(devices: readonly ListedDevice[], rules: Partial<PlanRules> = {}): Plan {
  const builder = planBuilder({ ...everything, ...rules });
  for (const device of devices) builder.add(device);
  return builder.build();
}

describe('planBuilder', () => {
  it('of an empty fleet plans nothing', () => {
    expect(planOf([])).toEqual({ devices: [], skipped: [] });
  });

  it('keeps of a device what a batch needs', () => {
    const { id, name, lastSyncAt } = aDevice();
    expect(planOf([aDevice()]).devices).toEqual([{ id, name, platform: 'windows', lastSyncAt }]);
  });

  it('sets aside a device that cannot be sent to, with the reason and the system it reported', () => {
    const device = aDevice({ operatingSystem: 'Chrome OS' });
    const { id, name, lastSyncAt } = device;
    const skipped = { id, name, platform: 'Chrome OS', lastSyncAt, reason: 'unsupportedPlatform' };
    expect(planOf([device])).toEqual({ devices: [], skipped: [skipped] });
  });

  it('puts the stalest check-in first, and before it what never checked in', () => {
    const plan = planOf([
      aDevice({ id: aDeviceId(1), lastSyncAt: startOfTest }),
      aDevice({ id: aDeviceId(2), lastSyncAt: startOfTest - 1 }),
      aDevice({ id: aDeviceId(3), lastSyncAt: undefined }),
    ]);
    expect(plan.devices.map(({ id }) => id)).toEqual([3, 2, 1].map(aDeviceId));
  });

  it('counts a device that is listed twice once, as it was listed first', () => {
    const plan = planOf([aDevice(), aDevice({ name: 'renamed', managementState: 'wipePending' })]);
    expect(plan.devices.map(({ name }) => name)).toEqual(['WS-000001']);
    expect(plan.skipped).toEqual([]);
  });

  it('has nothing of a device outside the scope, whatever could be said against it', () => {
    const outside: Partial<PlanRules> = { match: () => 'outside' };
    const plan = planOf(
      [aDevice(), aDevice({ id: aDeviceId(2), operatingSystem: 'Linux' })],
      outside,
    );
    expect(plan).toEqual({ devices: [], skipped: [] });
  });

  it('sets aside what the scope excludes, and what the options leave out', () => {
    const match: PlanRules['match'] = ({ id }) => (id === aDeviceId(1) ? 'excluded' : 'included');
    const devices = [1, 2, 3].map((number) =>
      aDevice({ id: aDeviceId(number), lastSyncAt: startOfTest - number * 60_000 }),
    );
    const plan = planOf(devices, { match, skip: { syncedWithinMinutes: 3 } });
    expect(plan.devices.map(({ id }) => id)).toEqual([aDeviceId(3)]);
    expect(plan.skipped.map(({ id, reason }) => [id, reason])).toEqual([
      [aDeviceId(1), 'excluded'],
      [aDeviceId(2), 'syncedRecently'],
    ]);
  });

  it('counts different devices that it saw, in the scope or not', () => {
    const builder = planBuilder({ ...everything, match: () => 'outside' });
    for (const number of [1, 2, 2, 1, 3]) builder.add(aDevice({ id: aDeviceId(number) }));
    expect(builder.countSeen()).toBe(3);
  });

  it('has an id that no device has as not found, after everything that is sent to', () => {
    const builder = planBuilder(everything);
    builder.addMissing(aDeviceId(1));
    builder.add(aDevice({ id: aDeviceId(2) }));
    builder.addMissing(aDeviceId(3));
    builder.add(aDevice({ id: aDeviceId(4), lastSyncAt: undefined }));
    const missing = (number: number) => ({
      id: aDeviceId(number),
      name: '',
      platform: '',
      lastSyncAt: undefined,
      result: { outcome: 'notFound', code: 'notFound' },
    });
    const { devices, skipped } = builder.build();
    expect(devices.slice(0, 2).map(({ id }) => id)).toEqual([aDeviceId(4), aDeviceId(2)]);
    expect(devices.slice(2)).toEqual([missing(1), missing(3)]);
    expect(skipped).toEqual([]);
    expect(builder.countSeen()).toBe(2);
  });

  const anyDevice = fc.record({
    number: fc.integer({ min: 0, max: 30 }),
    operatingSystem: fc.constantFrom('Windows', 'iOS', 'Linux'),
    managementState: fc.constantFrom('managed', 'wipePending'),
    lastSyncAt: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  });
  const anyList = fc
    .array(anyDevice, { maxLength: 60 })
    .map((list) => list.map(({ number, ...rest }) => aDevice({ id: aDeviceId(number), ...rest })));

  it('has every listed id exactly once, in a batch or skipped', () => {
    fc.assert(
      fc.property(anyList, (devices) => {
        const plan = planOf(devices);
        const planned = [...plan.devices, ...plan.skipped].map(({ id }) => id);
        expect(planned.toSorted()).toEqual([...new Set(devices.map(({ id }) => id))].toSorted());
      }),
    );
  });

  it('plans the same fleet the same way, in whatever order it is listed', () => {
    const anyFleet = anyList
      .map((devices) => [...new Map(devices.map((device) => [device.id, device])).values()])
      .chain((fleet) =>
        fc.tuple(fc.constant(fleet), fc.shuffledSubarray(fleet, { minLength: fleet.length })),
      );
    fc.assert(
      fc.property(anyFleet, ([fleet, shuffled]) => {
        expect(planOf(shuffled).devices).toEqual(planOf(fleet).devices);
      }),
    );
  });
});

describe('countByReason', () => {
  it('counts what was skipped; a reason that did not occur is absent', () => {
    const { skipped } = planOf([
      aDevice({ id: aDeviceId(1), operatingSystem: 'Linux' }),
      aDevice({ id: aDeviceId(2), operatingSystem: 'Linux' }),
      aDevice({ id: aDeviceId(3), managementAgent: 'jamf' }),
    ]);
    expect(countByReason(skipped)).toEqual({ unsupportedPlatform: 2, unsupportedAgent: 1 });
  });
});

describe('countBy', () => {
  it('counts the items of each key; of nothing there is nothing', () => {
    expect(countBy(['a', 'bb', 'cc'], ({ length }) => String(length))).toEqual({ 1: 1, 2: 2 });
    expect(countBy([], String)).toEqual({});
  });
});

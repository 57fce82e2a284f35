import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListedDevice } from '../../src/core/device.ts';
import { type Plan, countByReason, planBuilder } from '../../src/core/plan.ts';
import { aDevice, aDeviceId, startOfTest } from '../support/factories.ts';

function planOf(devices: readonly ListedDevice[]): Plan {
  const builder = planBuilder();
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

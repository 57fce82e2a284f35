import { describe, expect, it } from 'vitest';
import {
  type FailedInstall,
  mayRetryInstalls,
  summarizeInstalls,
} from '../../src/core/app-installs.ts';
import type { DeviceReport } from '../../src/core/device-report.ts';
import { aDeviceId } from '../support/factories.ts';

const timedOut = -2016330897;
const roaming = -2016330892;
const undocumented = -2016345060;
const ios = { platform: 'iOS/iPadOS' };

/** A failed install of Contoso Mail on the first device, timed out. */
function anInstall(overrides: Partial<FailedInstall> = {}): FailedInstall {
  return {
    appId: 'mail',
    app: 'Contoso Mail',
    platform: 'iOS/iPadOS',
    deviceId: aDeviceId(1),
    code: timedOut,
    ...overrides,
  };
}

function onDevices(count: number, overrides: Partial<FailedInstall> = {}): FailedInstall[] {
  return Array.from({ length: count }, (_, number) =>
    anInstall({ ...overrides, deviceId: aDeviceId(number) }),
  );
}

describe('failed app installs', () => {
  it('are counted by what a sync does about them, by app and error, most devices first', () => {
    const installs = [
      ...onDevices(2),
      ...onDevices(3, { code: roaming }),
      ...onDevices(4, { appId: 'notes', app: 'Contoso Notes' }),
      ...onDevices(1, { code: undocumented }),
      ...onDevices(5, { code: 0 }),
    ];

    expect(summarizeInstalls(installs)).toEqual({
      retried: 6,
      notRetried: 3,
      unknown: 6,
      failed: [
        { ...ios, app: 'Contoso Mail', code: 0, devices: 5 },
        { ...ios, app: 'Contoso Notes', code: timedOut, devices: 4, retryable: true },
        { ...ios, app: 'Contoso Mail', code: roaming, devices: 3, retryable: false },
        { ...ios, app: 'Contoso Mail', code: timedOut, devices: 2, retryable: true },
        { ...ios, app: 'Contoso Mail', code: undocumented, devices: 1 },
      ],
    });
  });

  it('that Intune reports once for each user of a device count once', () => {
    expect(summarizeInstalls([anInstall(), anInstall()])).toMatchObject({ retried: 1 });
  });

  it('of two apps with the same name are told apart', () => {
    const { failed } = summarizeInstalls([anInstall(), anInstall({ appId: 'other' })]);

    expect(failed.map(({ devices }) => devices)).toEqual([1, 1]);
  });

  it('come in the same order however they are read', () => {
    const installs = ['b', 'a', 'c'].map((app) => anInstall({ appId: app, app }));

    expect(summarizeInstalls(installs)).toEqual(summarizeInstalls(installs.toReversed()));
  });

  it('beyond fifty pairs of app and error are counted, not listed', () => {
    const apps = Array.from({ length: 60 }, (_, n) =>
      anInstall({ appId: `${n}`, app: `App ${n}` }),
    );
    const { retried, failed } = summarizeInstalls(apps);

    expect([retried, failed.length]).toEqual([60, 50]);
  });

  it('fit into a row of the table with the longest names', () => {
    const apps = Array.from({ length: 60 }, (_, n) =>
      anInstall({ appId: `${n}`, app: '名'.repeat(5_000) }),
    );

    expect(JSON.stringify(summarizeInstalls(apps)).length).toBeLessThan(32_000);
  });
});

describe('a device', () => {
  const device: DeviceReport = {
    deviceId: aDeviceId(1),
    deviceName: 'IOS-000001',
    platform: 'iOS',
    outcome: 'planned',
    attempts: 0,
  };

  it.each(['iOS', 'iPadOS', 'android'])('of %s may be offered an app again', (platform) => {
    expect(mayRetryInstalls({ ...device, platform })).toBe(true);
  });

  it.each(['windows', 'macOS', 'Linux', ''])('of %j is not: nothing is documented', (platform) => {
    expect(mayRetryInstalls({ ...device, platform })).toBe(false);
  });

  it.each(['skipped', 'notFound'] as const)('that is %s gets no sync', (outcome) => {
    expect(mayRetryInstalls({ ...device, outcome })).toBe(false);
  });
});

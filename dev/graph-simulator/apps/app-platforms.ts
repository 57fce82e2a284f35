import type { PlatformName } from '../fleet/platforms.ts';

/** What all apps for the same kind of device have in common. */
export interface AppPlatform {
  /** How a report names it. */
  text: string;
  /** How a report numbers it. Graph's numbers are not documented; these are the simulator's own. */
  value: number;
  /** The devices that the apps are for. */
  devices: readonly PlatformName[];
  /** What a failed install ends with, each as often as the others: signed HRESULTs, below 0. */
  failureCodes: readonly number[];
}

/** 0x87D13B6E to 0x87D13B78: learn.microsoft.com/intune/device-management/actions/sync */
const retryDocumented = Array.from({ length: 11 }, (_, step) => -2_016_330_898 + step);

/** 0x87D1041C, of which no page says what a sync does. */
const notDetected = -2_016_345_060;

/** 0x800705B4, a timeout of Windows. */
const timedOut = -2_147_023_436;

const mobileCodes = [...retryDocumented, notDetected];

export const appPlatforms = {
  apple: {
    text: 'iOS/iPadOS',
    value: 1,
    devices: ['iOS', 'iPadOS'],
    failureCodes: mobileCodes,
  },
  android: { text: 'Android', value: 2, devices: ['android'], failureCodes: mobileCodes },
  windows: {
    text: 'Windows',
    value: 3,
    devices: ['windows'],
    failureCodes: [notDetected, timedOut],
  },
  mac: { text: 'macOS', value: 4, devices: ['macOS'], failureCodes: [notDetected] },
} as const satisfies Record<string, AppPlatform>;

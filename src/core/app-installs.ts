import { appInstallErrors } from './app-install-errors.ts';
import type { DeviceReport } from './device-report.ts';
import { platformOf } from './platform.ts';
import type { Problem } from './run.ts';

/** An app that could not be installed on a device, as Intune reports it. */
export interface FailedInstall {
  readonly appId: string;
  readonly app: string;
  /** Whose app it is, as Intune names it: `iOS/iPadOS`. Empty when it does not say. */
  readonly platform: string;
  /** In lower case. */
  readonly deviceId: string;
  /** The signed HRESULT; 0 when Intune knows none. */
  readonly code: number;
}

/** The installs of one app that failed with one error, and what a sync does about them. */
export interface FailedInstalls {
  readonly app: string;
  readonly platform: string;
  readonly code: number;
  readonly devices: number;
  /** A sync offers the app again at once. Absent: nobody has documented what it does. */
  readonly retryable?: boolean;
}

/** Which failed app installs of its devices a run retries, and which it cannot. */
export interface AppInstalls {
  /** ms since the epoch */
  readonly readAt: number;
  /** Installs, an app on a device, that the sync offers again. */
  readonly retried: number;
  /** Those that it does not: the app is offered again after seven days. */
  readonly notRetried: number;
  /** Those with an error of which it is not documented. */
  readonly unknown: number;
  /** By app and error, the most devices first; at most `MAX_LISTED` of them. */
  readonly failed: readonly FailedInstalls[];
  /** Whether Intune's report was read to its end. */
  readonly isComplete: boolean;
  /** Why it could not be read, or not to its end. */
  readonly problem?: Problem;
}

/** So many pairs of app and error fit into a run's row with room to spare. */
const MAX_LISTED = 50;

/** Names of apps are longer only by accident. */
const MAX_NAME_LENGTH = 100;

/** By signed code, what a sync does. */
const retryableByCode = new Map(
  appInstallErrors.map(({ signedCode, retryable }) => [signedCode, retryable]),
);

/** Whose app installs a sync does something about: all that is documented is about these. */
const platforms = new Set(appInstallErrors.flatMap((error) => error.platforms));

/**
 * Whether a run syncs the device and by that may offer it an app again: a phone or tablet that was
 * not skipped.
 */
export function mayRetryInstalls({ platform, outcome }: DeviceReport): boolean {
  const known = platformOf(platform);
  if (outcome === 'skipped' || outcome === 'notFound' || known === undefined) return false;
  return platforms.has(known);
}

/**
 * What a sync does about failed installs.
 *
 * @param installs the same one may come twice: Intune reports it for each user of a device
 */
export function summarizeInstalls(
  installs: Iterable<FailedInstall>,
): Pick<AppInstalls, 'retried' | 'notRetried' | 'unknown' | 'failed'> {
  const counted = new Set<string>();
  const groups = new Map<string, FailedInstalls>();
  for (const { appId, app, platform, deviceId, code } of installs) {
    const key = `${appId} ${code}`;
    if (counted.size === counted.add(`${key} ${deviceId}`).size) continue;
    const { devices } = groups.get(key) ?? { devices: 0 };
    groups.set(key, {
      app: app.slice(0, MAX_NAME_LENGTH),
      platform,
      code,
      devices: devices + 1,
      ...effectOn(code),
    });
  }
  const failed = [...groups.values()].sort(mostDevicesFirst);
  const count = (retryable: boolean | undefined) =>
    failed
      .filter((group) => group.retryable === retryable)
      .reduce((sum, { devices }) => sum + devices, 0);
  return {
    retried: count(true),
    notRetried: count(false),
    unknown: count(undefined),
    failed: failed.slice(0, MAX_LISTED),
  };
}

function effectOn(code: number): Pick<FailedInstalls, 'retryable'> {
  const retryable = retryableByCode.get(code);
  return retryable === undefined ? {} : { retryable };
}

/** Ties are broken by app and error, so that the same installs always read the same. */
function mostDevicesFirst(a: FailedInstalls, b: FailedInstalls): number {
  const byName = a.app.localeCompare(b.app) || a.platform.localeCompare(b.platform);
  return b.devices - a.devices || byName || a.code - b.code;
}

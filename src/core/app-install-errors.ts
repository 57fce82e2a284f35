import { formatHresult, parseHresult } from './hresult.ts';
import type { Platform } from './platform.ts';

/** A way in which an app fails to install on a phone or tablet. */
export interface AppInstallError {
  /** As Microsoft's page prints it: the signed code without its sign, for example 2016330898. */
  readonly code: number;
  /** As the Intune admin center shows it, for example -2016330898. */
  readonly signedCode: number;
  /** The same 32 bits, for example `0x87D13B6E`. */
  readonly hex: string;
  /** Whose apps it happens to. */
  readonly platforms: readonly Platform[];
  readonly description: string;
  /** A sync offers the app to the device again at once; otherwise that takes seven days. */
  readonly retryable: boolean;
  /** What the administrator does about it. */
  readonly remedy: string;
}

/** The page has one list for both and does not say which code is whose. */
const platforms: readonly Platform[] = ['iOS', 'iPadOS', 'android'];

const RECONNECT =
  'Have the device connect again, over another network if there is one, then sync it.';
const AFTER_SEVEN_DAYS = 'A sync does not help: the app is offered again after seven days.';

const lostConnection = [
  true,
  'The device lost its connection to the internet.',
  RECONNECT,
] as const;

/**
 * Every error of an app install about which it is documented what a sync does
 * (learn.microsoft.com/intune/device-management/actions/sync, "Retryable error codes").
 */
export const appInstallErrors: readonly AppInstallError[] = [
  entry(
    2016330898,
    false,
    'The install failed, and no cause is known.',
    `${AFTER_SEVEN_DAYS} If it fails again then, take the device's logs to Microsoft support.`,
  ),
  entry(2016330897, true, 'The connection to Intune timed out.', RECONNECT),
  entry(2016330896, ...lostConnection),
  entry(2016330895, ...lostConnection),
  entry(2016330894, ...lostConnection),
  entry(2016330893, ...lostConnection),
  entry(
    2016330892,
    false,
    'International roaming is switched off on the device.',
    `Allow data roaming on the device, or have it use Wi-Fi. ${AFTER_SEVEN_DAYS}`,
  ),
  entry(
    2016330891,
    true,
    'The device could not use its cellular data during a phone call.',
    'Wait until the call is over, or have the device use Wi-Fi, then sync it.',
  ),
  entry(
    2016330890,
    false,
    'The device could not use the cellular network at that time.',
    `Allow the app store to use cellular data, or have the device use Wi-Fi. ${AFTER_SEVEN_DAYS}`,
  ),
  entry(
    2016330889,
    true,
    'No secure connection could be made.',
    `${RECONNECT} If it fails again, look for a proxy that opens TLS connections.`,
  ),
  entry(
    2016330888,
    false,
    'The device does not trust the server that it reached.',
    `Check the device's date and time, and look for a proxy that shows certificates of its own. ${AFTER_SEVEN_DAYS}`,
  ),
];

/**
 * The error with a code.
 *
 * @param text the code in any form of `parseHresult`
 * @returns `undefined` when it is not a code, or not one in the list
 */
export function findAppInstallError(text: string): AppInstallError | undefined {
  const signed = parseHresult(text);
  return appInstallErrors.find(({ signedCode }) => signedCode === signed);
}

function entry(
  code: number,
  retryable: boolean,
  description: string,
  remedy: string,
): AppInstallError {
  const signedCode = -code;
  const hex = formatHresult(signedCode);
  return { code, signedCode, hex, platforms, description, retryable, remedy };
}

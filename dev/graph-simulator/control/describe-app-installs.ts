import type { Simulation } from '../simulation.ts';

/** Listed devices on which the install of an app failed with one code, each once. */
export interface FailedInstalls {
  applicationId: string;
  displayName: string;
  /** Whose app it is, as the summary names it: `iOS/iPadOS`. */
  platform: string;
  /** A signed HRESULT. */
  errorCode: number;
  deviceIds: string[];
}

/** What a reader of the reports has to find, one entry for each app and code that occur. */
export function describeAppInstalls({ appInstalls, fleet }: Simulation): FailedInstalls[] {
  return appInstalls.apps.flatMap((app) => {
    const devices = appInstalls.devicesIn(app, 'failed');
    const codeOf = (device: number) => appInstalls.errorCodeOf(app, device);
    const codes = [...new Set(devices.map(codeOf))].toSorted((a, b) => a - b);
    return codes.map((errorCode) => ({
      applicationId: app.id,
      displayName: app.displayName,
      platform: app.platform.text,
      errorCode,
      deviceIds: devices
        .filter((device) => codeOf(device) === errorCode)
        .map((device) => fleet.ids.idOf(device)),
    }));
  });
}

import type { ListedDevice } from '../../../../src/core/device.ts';
import type { Turn } from './a-graph.ts';

/** Where Graph continues a list in these tests; the signs in the device's name are escaped. */
export const nextPath =
  '/v1.0/deviceManagement/managedDevices?$skiptoken=LastDeviceName=%27A%26B%20%2B1%27,LastDeviceId=%27x%27';

/** A device as Graph lists it. */
export function onWire(device: ListedDevice) {
  const { name, ownership, registrationState, entraDeviceId, category, ...rest } = device;
  const { lastSyncAt, enrolledAt, ...same } = rest;
  return {
    deviceName: name,
    managedDeviceOwnerType: ownership,
    deviceRegistrationState: registrationState,
    azureADDeviceId: entraDeviceId,
    deviceCategoryDisplayName: category,
    lastSyncDateTime: dateTime(lastSyncAt),
    enrolledDateTime: dateTime(enrolledAt),
    ...same,
  };
}

function dateTime(at: number | undefined): string {
  return at === undefined ? '0001-01-01T00:00:00Z' : new Date(at).toISOString();
}

/** The last page of a list. */
export function lastPage(...devices: ListedDevice[]): Turn {
  return { body: { value: devices.map(onWire) } };
}

/** A page after which the list goes on at `next`: a path of the same Graph, or an address. */
export function aPage(devices: readonly ListedDevice[], next = nextPath): Turn {
  return (endpoint) => ({
    body: {
      '@odata.nextLink': next.startsWith('/') ? `${endpoint}${next}` : next,
      value: devices.map(onWire),
    },
  });
}

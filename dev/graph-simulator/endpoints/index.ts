import type { Endpoint } from '../graph/endpoint.ts';
import { getManagedDevice } from './get-managed-device.ts';
import { getManagedDeviceOverview } from './get-managed-device-overview.ts';
import { listManagedDevices } from './list-managed-devices.ts';
import { syncDevice } from './sync-device.ts';

/** Every operation that is simulated. A new one is a file beside this one and a line here. */
export const endpoints: readonly Endpoint[] = [
  listManagedDevices,
  getManagedDevice,
  getManagedDeviceOverview,
  syncDevice,
];

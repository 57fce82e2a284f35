import type { DeviceAction } from './action.ts';

/**
 * Intune's Sync action: the device is told to check in. Graph answers 204, which means accepted.
 *
 * An empty object as body: inside a JSON `$batch` an action without parameters still needs one
 * (learn.microsoft.com/graph/json-batching).
 */
export const syncDevice = {
  name: 'syncDevice',
  version: 'v1.0',
  role: 'DeviceManagementManagedDevices.PrivilegedOperations.All',
  request: (deviceId) => ({
    method: 'POST',
    url: `/deviceManagement/managedDevices/${encodeURIComponent(deviceId)}/syncDevice`,
    body: {},
  }),
} as const satisfies DeviceAction;

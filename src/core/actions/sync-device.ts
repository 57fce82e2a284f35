import type { DeviceAction } from './action.ts';

/**
 * The bulk call can do a lot more than sync. What it does is decided by this constant and never by
 * input.
 */
const BULK_ACTION_NAME = 'syncDevice';

/**
 * Intune's Sync action: the device is told to check in. Graph answers 204, which means accepted.
 *
 * An empty object as body: inside a JSON `$batch` an action without parameters still needs one
 * (learn.microsoft.com/graph/json-batching). In bulk it takes the platforms and the 100 devices that
 * Intune's own bulk Sync takes
 * (learn.microsoft.com/intune/intune-service/remote-actions/bulk-device-actions).
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
  bulk: {
    version: 'beta',
    maxDevices: 100,
    platforms: ['windows', 'macOS', 'iOS', 'iPadOS'],
    request: (deviceIds) => ({
      method: 'POST',
      url: '/deviceManagement/managedDevices/executeAction',
      body: { actionName: BULK_ACTION_NAME, deviceIds },
    }),
  },
} as const satisfies DeviceAction;

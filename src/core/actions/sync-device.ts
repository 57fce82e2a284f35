import type { ListedDevice } from '../device.ts';
import { platformOf } from '../platform.ts';
import type { Action, ActionParameter, Command } from './action.ts';
import { choiceOf } from './choice.ts';
import { isCoManaged } from './configuration-manager-client.ts';

/**
 * The bulk call can do a lot more than sync. What it does is decided by this constant and never by
 * input.
 */
const BULK_ACTION_NAME = 'syncDevice';

/** Agents through which Intune cannot push a check-in: nothing of MDM runs on the device. */
const agentsWithoutPush = new Set(['eas', 'jamf', 'msSense', 'configurationManagerClient']);

const endpoint = {
  description:
    'Through which of Graph’s lists a device is told to check in: managed reaches every device, ' +
    'comanaged (beta) those that Configuration Manager manages too, and skips the others.',
  values: ['managed', 'comanaged'],
  fallback: 'managed',
} as const satisfies ActionParameter;

/**
 * An empty object as body: inside a JSON `$batch` an action without parameters still needs one
 * (learn.microsoft.com/graph/json-batching). In bulk it takes the platforms and the 100 devices that
 * Intune's own bulk Sync takes
 * (learn.microsoft.com/intune/intune-service/remote-actions/bulk-device-actions).
 */
const syncManaged = {
  version: 'v1.0',
  role: 'DeviceManagementManagedDevices.PrivilegedOperations.All',
  unsupported: whyUnreachable,
  request: syncThrough('managedDevices'),
  isProvenByCheckIn: true,
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
} as const satisfies Command;

/** The same devices under the same ids, so that the list of managed devices says who they are. */
const syncComanaged: Command = {
  version: 'beta',
  role: syncManaged.role,
  unsupported: (device) =>
    whyUnreachable(device) ?? (isCoManaged(device) ? undefined : 'notCoManaged'),
  request: syncThrough('comanagedDevices'),
  isProvenByCheckIn: true,
};

/** Intune's Sync action: the device is told to check in. Graph answers 204, which means accepted. */
export const syncDevice = {
  description: 'Tells each device to check in.',
  parameters: { endpoint },
  command: (parameters): Command =>
    choiceOf(endpoint, parameters['endpoint']) === 'comanaged' ? syncComanaged : syncManaged,
} as const satisfies Action;

function syncThrough(collection: 'managedDevices' | 'comanagedDevices'): Command['request'] {
  return (deviceId) => ({
    method: 'POST',
    url: `/deviceManagement/${collection}/${encodeURIComponent(deviceId)}/syncDevice`,
    body: {},
  });
}

function whyUnreachable({ operatingSystem, managementAgent }: ListedDevice): string | undefined {
  if (platformOf(operatingSystem) === undefined) return 'unsupportedPlatform';
  return agentsWithoutPush.has(managementAgent) ? 'unsupportedAgent' : undefined;
}

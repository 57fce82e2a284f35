import type { ListedDevice } from '../device.ts';
import { platformOf } from '../platform.ts';
import type { Action, ActionParameter, Command } from './action.ts';
import { choicesOf } from './choice.ts';
import { hasConfigurationManagerClient } from './configuration-manager-client.ts';

/**
 * What a client can be told
 * (learn.microsoft.com/graph/api/resources/intune-devices-configurationmanageractiontype).
 */
const parameter = {
  description: 'What the Configuration Manager client of each device is told to do.',
  values: [
    'refreshMachinePolicy',
    'refreshUserPolicy',
    'wakeUpClient',
    'appEvaluation',
    'quickScan',
    'fullScan',
    'windowsDefenderUpdateSignatures',
  ],
  perDeviceField: 'deviceActions',
} as const satisfies ActionParameter;

/**
 * Tells the Configuration Manager client of a Windows device to do something. Graph answers 204 when
 * it has taken the action over for delivery; the client does it when it is reached. Every device with
 * a client is under `managedDevices`, the co-managed ones too
 * (learn.microsoft.com/graph/api/intune-devices-manageddevice-triggerconfigurationmanageraction).
 */
export const configurationManagerAction = {
  description: 'Triggers an action of the Configuration Manager client on Windows (Graph beta).',
  parameters: { configurationManagerAction: parameter },
  command: (parameters): Command => {
    const actionOf = choicesOf(parameter, parameters['configurationManagerAction']);
    return {
      version: 'beta',
      role: 'DeviceManagementManagedDevices.PrivilegedOperations.All',
      unsupported: whyWithoutClient,
      request: (deviceId) => ({
        method: 'POST',
        url: `/deviceManagement/managedDevices/${encodeURIComponent(deviceId)}/triggerConfigurationManagerAction`,
        body: { configurationManagerAction: { action: actionOf(deviceId) } },
      }),
    };
  },
} as const satisfies Action;

function whyWithoutClient(device: ListedDevice): string | undefined {
  if (platformOf(device.operatingSystem) !== 'windows') return 'unsupportedPlatform';
  return hasConfigurationManagerClient(device) ? undefined : 'noConfigurationManagerClient';
}

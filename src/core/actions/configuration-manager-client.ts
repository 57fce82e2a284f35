import type { ListedDevice } from '../device.ts';

/**
 * Values of `managementAgent` of devices with a client of Configuration Manager
 * (learn.microsoft.com/graph/api/resources/intune-devices-managementagenttype), and whether Intune
 * manages the device as well.
 */
const clients: ReadonlyMap<string, { readonly isCoManaged: boolean }> = new Map([
  ['configurationManagerClient', { isCoManaged: false }],
  ['configurationManagerClientMdm', { isCoManaged: true }],
  ['configurationManagerClientMdmEas', { isCoManaged: true }],
]);

type Agent = Pick<ListedDevice, 'managementAgent'>;

/** Whether Configuration Manager has a client on the device. */
export function hasConfigurationManagerClient({ managementAgent }: Agent): boolean {
  return clients.has(managementAgent);
}

/** Whether Intune and Configuration Manager manage the device together. */
export function isCoManaged({ managementAgent }: Agent): boolean {
  return clients.get(managementAgent)?.isCoManaged === true;
}

/** The Microsoft Graph app role that lists managed devices; the least that is accepted. */
export const LIST_DEVICES_ROLE = 'DeviceManagementManagedDevices.Read.All';

/** Every role of each of which Graph accepts the device list (Graph permissions reference). */
const listDevicesRoles = [
  LIST_DEVICES_ROLE,
  'DeviceManagementManagedDevices.ReadWrite.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
];

/**
 * The roles that a token lacks for a run of an action, by their least-privileged names.
 *
 * @param granted the token's `roles` claim
 * @param actionRole the role of the action
 */
export function missingRoles(granted: readonly string[], actionRole: string): string[] {
  const missing: string[] = [];
  if (!listDevicesRoles.some((role) => granted.includes(role))) missing.push(LIST_DEVICES_ROLE);
  if (!granted.includes(actionRole)) missing.push(actionRole);
  return missing;
}

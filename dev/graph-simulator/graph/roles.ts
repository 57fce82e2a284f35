/** Any of these may read managed devices; the least privileged comes first (facts section 2). */
export const deviceReadRoles = [
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementManagedDevices.ReadWrite.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
];

/** The only one that may send actions to devices. */
export const deviceActionRoles = ['DeviceManagementManagedDevices.PrivilegedOperations.All'];

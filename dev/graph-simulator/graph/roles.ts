/**
 * Any of these may read managed devices; the least privileged comes first:
 * https://learn.microsoft.com/graph/api/intune-devices-manageddevice-list
 */
export const deviceReadRoles = [
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementManagedDevices.ReadWrite.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
];

/**
 * The only one that may send actions to devices:
 * https://learn.microsoft.com/graph/api/intune-devices-manageddevice-syncdevice
 */
export const deviceActionRoles = ['DeviceManagementManagedDevices.PrivilegedOperations.All'];

/**
 * Any of these may read Exchange connectors:
 * https://learn.microsoft.com/graph/api/intune-onboarding-devicemanagementexchangeconnector-list
 */
export const connectorReadRoles = [
  'DeviceManagementServiceConfig.Read.All',
  'DeviceManagementServiceConfig.ReadWrite.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
];

/**
 * Any of these may make one sync:
 * https://learn.microsoft.com/graph/api/intune-onboarding-devicemanagementexchangeconnector-sync
 */
export const connectorSyncRoles = [
  'DeviceManagementServiceConfig.ReadWrite.All',
  'DeviceManagementConfiguration.ReadWrite.All',
];

/**
 * Any of these may read reports; the list is that of Intune's own refusal:
 * https://github.com/microsoftgraph/msgraph-sdk-powershell/issues/2081
 */
export const reportRoles = [
  'DeviceManagementApps.Read.All',
  'DeviceManagementApps.ReadWrite.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementManagedDevices.ReadWrite.All',
];

const directoryRoles = ['Directory.Read.All', 'Directory.ReadWrite.All'];

/**
 * Any of these may read the members of groups:
 * https://learn.microsoft.com/graph/api/group-list-transitivemembers
 */
export const groupMemberRoles = [
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  ...directoryRoles,
];

/** Without one of these, a device in a list of members comes with its id only. */
export const directoryDeviceRoles = ['Device.Read.All', 'Device.ReadWrite.All', ...directoryRoles];

/** Without one of these, a user in a list of members comes with their id only. */
export const directoryUserRoles = [
  'User.ReadBasic.All',
  'User.Read.All',
  'User.ReadWrite.All',
  ...directoryRoles,
];

/**
 * Any of these may read service principals and what they are granted:
 * https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignments
 */
export const applicationReadRoles = [
  'Application.Read.All',
  'Application.ReadWrite.All',
  ...directoryRoles,
];

/**
 * The one that may grant and revoke; it takes one of those that may read besides:
 * https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignedto
 */
export const roleAssignmentRoles = ['AppRoleAssignment.ReadWrite.All'];

/** The application id of Microsoft Graph in every tenant. */
export const graphAppId = '00000003-0000-0000-c000-000000000000';

/**
 * Those app roles of Microsoft Graph that a client of this project could meet; the real list has
 * several hundred (learn.microsoft.com/graph/permissions-reference).
 */
const idsByValue = {
  'DeviceManagementManagedDevices.Read.All': '2f51be20-0bb4-4fed-bf7b-db946066c75e',
  'DeviceManagementManagedDevices.ReadWrite.All': '243333ab-4d21-40cb-a475-36241daa0842',
  'DeviceManagementManagedDevices.PrivilegedOperations.All': '5b07b0dd-2377-4e44-a38d-703f09a0dc3c',
  'DeviceManagementConfiguration.Read.All': 'dc377aa6-52d8-4e23-b271-2a7ae04cedf3',
  'DeviceManagementServiceConfig.ReadWrite.All': '5ac13192-7ace-4fcf-b828-1a26f28068ee',
  'DeviceManagementApps.Read.All': '7a6ee1e7-141e-4cec-ae74-d9db155731ff',
  'GroupMember.Read.All': '98830695-27a2-44f7-8c18-0c3ebc9698f6',
  'Device.Read.All': '7438b122-aefc-4978-80ed-43db9fcc7715',
  'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
} as const;

/** Graph's `appRole`, as far as it is written. */
export interface AppRole {
  id: string;
  value: string;
  displayName: string;
  isEnabled: boolean;
  allowedMemberTypes: readonly string[];
}

export const graphAppRoles: readonly AppRole[] = Object.entries(idsByValue).map(([value, id]) => ({
  id,
  value,
  displayName: value,
  isEnabled: true,
  allowedMemberTypes: ['Application'],
}));

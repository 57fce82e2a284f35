import { clientId, identityId, identityName, syncRoles } from './a-directory.ts';

export const [readRole = '', actionRole = ''] = syncRoles;
export const writeRole = 'DeviceManagementManagedDevices.ReadWrite.All';

/** The options that name the identity. */
export const of = ['--principal', identityId];

export const principal = { id: identityId, clientId, displayName: identityName };

/** What every report about the identity begins with. */
export const subject = { principal, cloud: 'public', features: ['sync'], otherApis: [] };

export const grantCommand = `fleet-sync permissions grant --principal ${identityId} --features sync`;
export const revokeCommand = `fleet-sync permissions revoke --principal ${identityId} --features sync`;

/** One role of a report. */
export function row(role: string, state: string, neededFor: string | null = 'sync') {
  return { role, neededFor, state };
}

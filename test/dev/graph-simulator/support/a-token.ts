import { startOfTime } from './a-clock.ts';

export const readRole = 'DeviceManagementManagedDevices.Read.All';
export const actionRole = 'DeviceManagementManagedDevices.PrivilegedOperations.All';

/** An unsigned access token; it expires an hour after the test clock's start. */
export function aToken(claims: Record<string, unknown> = {}): string {
  const payload = {
    aud: 'https://graph.microsoft.com',
    exp: startOfTime / 1000 + 3600,
    appid: 'app-1',
    roles: [readRole, actionRole],
    ...claims,
  };
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(payload)}.`;
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

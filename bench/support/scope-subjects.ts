import type { GroupMembers, ScopeSubject } from '../../src/core/match-scope.ts';

/** The moment at which scopes are judged, ms since the epoch. */
export const now = Date.UTC(2026, 0, 4, 2);

/** A group that has every other device, and every user. */
export const groupId = guid(4, 1);

const DAY_MS = 86_400_000;

/**
 * Devices as a listing gives them. Parsed from JSON, as a listed fleet is: V8 stores the result of a
 * template in pieces and joins them, on the heap, at the first comparison, which would be counted
 * as growth.
 */
export function scopeSubjects(count: number): ScopeSubject[] {
  const devices = Array.from({ length: count }, (_, number) => aSubject(number));
  return JSON.parse(JSON.stringify(devices)) as ScopeSubject[];
}

/** The members of `groupId`. */
export function groupsOf(fleet: readonly ScopeSubject[]): Map<string, GroupMembers> {
  const members = fleet.filter((_, place) => place % 2 === 0);
  const deviceIds = new Set(members.map((device) => device.entraDeviceId));
  return new Map([[groupId, { deviceIds, userIds: new Set(fleet.map(({ userId }) => userId)) }]]);
}

function aSubject(number: number): ScopeSubject {
  return {
    id: guid(1, number),
    name: `WS-${String(number).padStart(6, '0')}`,
    serialNumber: `SN${number}ABC`,
    userPrincipalName: `User${number}@Contoso.com`,
    operatingSystem: 'Windows',
    ownership: 'company',
    complianceState: number % 2 === 0 ? 'compliant' : 'noncompliant',
    managementAgent: 'mdm',
    manufacturer: 'Dell Inc.',
    model: 'Latitude 7440',
    category: 'Kiosk',
    osVersion: `10.0.26100.${number % 1_000}`,
    lastSyncAt: now - DAY_MS - number,
    enrolledAt: now - 100 * DAY_MS - number,
    entraDeviceId: guid(2, number),
    userId: guid(3, number),
  };
}

function guid(kind: number, number: number): string {
  return `${kind}0000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

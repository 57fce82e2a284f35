import type { ScopeSubject } from '../../src/core/match-scope.ts';
import type { Scope } from '../../src/core/scope.ts';
import { groupId } from './scope-subjects.ts';

/** Every field that one entry lets match the whole fleet: all of them are asked of each device. */
const matchingAll = {
  deviceNames: ['*-*0*', 'ws-*'],
  groupIds: [groupId],
  platforms: ['windows'],
  ownership: ['company'],
  complianceStates: ['compliant', 'noncompliant'],
  managementAgents: ['mdm'],
  manufacturers: ['dell inc.'],
  models: ['latitude 7440'],
  categories: ['kiosk'],
  osVersions: ['10.0.2'],
  lastSyncOlderThan: 'PT12H',
  lastSyncNewerThan: 'P1Y',
  enrolledBefore: 'P1D',
  enrolledAfter: '2020-01-01',
} satisfies Scope;

/** Scopes that cost the most: with every field, and with the longest lists a request may hold. */
export function costlyScopes(fleet: readonly ScopeSubject[]): Readonly<Record<string, Scope>> {
  const everyField: Required<Omit<Scope, 'exclude'>> = {
    ...matchingAll,
    deviceIds: fleet.slice(0, 10_000).map(({ id }) => id),
    serialNumbers: fleet.slice(0, 1_000).map(({ serialNumber }) => serialNumber),
    userPrincipalNames: fleet.slice(0, 1_000).map((device) => device.userPrincipalName),
  };
  return {
    'every field': everyField,
    'every field, exclude as well': { ...everyField, exclude: everyField },
    'all that match, exclude too': { ...matchingAll, exclude: matchingAll },
    '1,000 prefixes': { deviceNames: thousand((number) => `WS-X${number}*`) },
    '1,000 versions': { osVersions: thousand((number) => `10.0.9${number}`) },
    '1,000 patterns': { deviceNames: thousand((number) => `*X${number}*Y`) },
  };
}

function thousand(textOf: (number: number) => string): string[] {
  return Array.from({ length: 1_000 }, (_, number) => textOf(number));
}

import fc from 'fast-check';
import type { GroupMembers, ScopeSubject } from '../../../src/core/match-scope.ts';
import { platforms } from '../../../src/core/platform.ts';
import type { Scope, ScopeFilter } from '../../../src/core/scope.ts';
import { complianceStates, managementAgents, ownerships } from '../../../src/core/scope-values.ts';
import { aDeviceId, startOfTest } from '../../support/factories.ts';

const HOUR_MS = 3_600_000;

/** Small pools, so that scopes and devices often meet. */
const systems = [
  'Windows',
  'WINDOWS',
  'macOS',
  'Mac OS X',
  'iOS',
  'iPadOS',
  'Android',
  'AndroidForWork',
];
const names = ['WS-000001', 'ws-000012', 'WS-1', 'MAC-7', 'mac-17', 'a.c', 'abc', 'ABAB', ''];
const patterns = [
  '*',
  'ws-*',
  '*1',
  '*0*1*',
  'W*-*',
  'mac-7',
  'a.c',
  'A.C*',
  'ab*ab',
  'aba*bab',
  '**',
];
const versions = ['10.0.26100.1', '10.0.22631', '17.1', '17.10', '14', ''];
const prefixes = ['10', '10.0', '10.0.2', '17.1', '17.10', '1', '14.'];
const texts = ['Dell Inc.', 'dell inc.', 'Apple', 'Surface Pro', 'surface', 'Kiosk'];
const users = ['kim@contoso.com', 'Kim@Contoso.com', 'lee@contoso.com'];
const groupIds = [1, 2, 3].map((number) => `aaaaaaaa-0000-4000-8000-00000000000${number}`);
const zeroGuid = '00000000-0000-0000-0000-000000000000';
const ids = Array.from({ length: 30 }, (_, place) => aDeviceId(place + 1));
const instants = ['2025-12-01', '2026-01-03T02:00:00Z', '2026-01-04T02:00:00+01:00'];

/** Now and then a text in the other letter case. */
function anyCase(...values: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...values), fc.nat(3))
    .map(([text, dice]) => (dice === 0 ? text.toUpperCase() : text));
}

function someOf<T>(values: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(values, { minLength: 1, maxLength: 5 });
}

const moment = fc.option(
  // On whole hours, as the bounds are: so devices are often exactly at one.
  fc.integer({ min: 0, max: 60 * 24 }).map((hours) => startOfTest - hours * HOUR_MS),
  { nil: undefined, freq: 6 },
);

const bound = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map((days) => `P${days}D`),
  fc.integer({ min: 1, max: 1_000 }).map((hours) => `PT${hours}H`),
  fc.constantFrom(...instants),
);

/** A managed device out of the pools. */
export const anySubject: fc.Arbitrary<ScopeSubject> = fc.record({
  id: anyCase(...ids),
  name: fc.constantFrom(...names),
  serialNumber: anyCase(...texts, ''),
  userPrincipalName: fc.constantFrom(...users, ''),
  operatingSystem: fc.constantFrom(...systems, 'Linux', ''),
  ownership: anyCase(...ownerships, 'unknown', ''),
  complianceState: anyCase(...complianceStates, ''),
  managementAgent: anyCase(...managementAgents, ''),
  manufacturer: anyCase(...texts, ''),
  model: anyCase(...texts, ''),
  category: anyCase(...texts, ''),
  osVersion: fc.constantFrom(...versions),
  lastSyncAt: moment,
  enrolledAt: moment,
  entraDeviceId: anyCase(...ids, zeroGuid, ''),
  userId: anyCase(...ids, ''),
});

/**
 * A filter of a few fields. Each is given one time in ten: with more, hardly a device would match
 * them all.
 */
const anyFilter: fc.Arbitrary<ScopeFilter> = fc
  .record({
    deviceIds: sometimes(fc.array(anyCase(...ids), { minLength: 1, maxLength: 30 })),
    deviceNames: sometimes(someOf(anyCase(...patterns))),
    serialNumbers: sometimes(someOf(anyCase(...texts))),
    userPrincipalNames: sometimes(someOf(anyCase(...users))),
    groupIds: sometimes(someOf(anyCase(...groupIds))),
    platforms: sometimes(someOf(fc.constantFrom(...platforms))),
    ownership: sometimes(someOf(fc.constantFrom(...ownerships))),
    complianceStates: sometimes(someOf(fc.constantFrom(...complianceStates))),
    managementAgents: sometimes(someOf(fc.constantFrom(...managementAgents))),
    manufacturers: sometimes(someOf(anyCase(...texts))),
    models: sometimes(someOf(anyCase(...texts))),
    categories: sometimes(someOf(anyCase(...texts))),
    osVersions: sometimes(someOf(fc.constantFrom(...prefixes))),
    lastSyncOlderThan: sometimes(bound),
    lastSyncNewerThan: sometimes(bound),
    enrolledBefore: sometimes(bound),
    enrolledAfter: sometimes(bound),
  })
  .map(withoutAbsent);

function sometimes<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: value },
  );
}

/** Leaves out the fields that are not given: a filter never has one that is `undefined`. */
function withoutAbsent(filter: {
  [F in keyof ScopeFilter]: ScopeFilter[F] | undefined;
}): ScopeFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** A scope, half the time with an exclusion. */
export const anyScope: fc.Arbitrary<Scope> = fc
  .tuple(anyFilter, fc.option(anyFilter, { nil: undefined, freq: 2 }))
  .map(([filter, exclude]) => (exclude === undefined ? filter : { ...filter, exclude }));

/** Members for each group that a scope may name. */
export const anyGroups: fc.Arbitrary<ReadonlyMap<string, GroupMembers>> = fc
  .tuple(...groupIds.map(() => fc.tuple(membership(zeroGuid), membership())))
  .map(
    (groups) =>
      new Map(
        groups.map(([deviceIds, userIds], place) => [
          groupIds[place] ?? '',
          { deviceIds, userIds },
        ]),
      ),
  );

function membership(...more: readonly string[]): fc.Arbitrary<Set<string>> {
  return fc
    .array(fc.constantFrom(...ids, ...more), { maxLength: 12 })
    .map((members) => new Set(members));
}

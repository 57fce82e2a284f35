import { describe, expect, it } from 'vitest';
import {
  type GroupMembers,
  type ScopeMatch,
  type ScopeSubject,
  compileScope,
} from '../../src/core/match-scope.ts';
import type { Scope, ScopeFilter } from '../../src/core/scope.ts';
import { aDeviceId, startOfTest as now } from '../support/factories.ts';
import { DAY_MS, aSubject } from './support/a-subject.ts';

const hexId = 'abcdef00-0000-4000-8000-000000000001';
const zeroGuid = '00000000-0000-0000-0000-000000000000';

const deviceGroup = 'aaaaaaaa-0000-4000-8000-00000000000d';
const userGroup = 'aaaaaaaa-0000-4000-8000-00000000000e';
const emptyGroup = 'aaaaaaaa-0000-4000-8000-00000000000f';
const oddGroup = 'aaaaaaaa-0000-4000-8000-000000000010';
const groups = new Map<string, GroupMembers>([
  [deviceGroup, { deviceIds: new Set([aSubject().entraDeviceId, hexId]), userIds: new Set() }],
  [userGroup, { deviceIds: new Set(), userIds: new Set([aSubject().userId, hexId]) }],
  [emptyGroup, { deviceIds: new Set(), userIds: new Set() }],
  // What a directory without the permission to read devices could make of a member.
  [oddGroup, { deviceIds: new Set(['', zeroGuid]), userIds: new Set(['', zeroGuid]) }],
]);

type Row = [scope: ScopeFilter, device: Partial<ScopeSubject>, isMatch: boolean];

/** One table for each field: the type asks for all of them. */
const tables: Record<keyof ScopeFilter, readonly Row[]> = {
  deviceIds: [
    [{ deviceIds: [aDeviceId(2), aDeviceId(1)] }, {}, true],
    [{ deviceIds: [aDeviceId(2)] }, {}, false],
    [{ deviceIds: [hexId.toUpperCase()] }, { id: hexId }, true],
    [{ deviceIds: [hexId] }, { id: hexId.toUpperCase() }, true],
    [{ deviceIds: [] }, {}, false],
  ],
  deviceNames: [
    [{ deviceNames: ['WS-000001'] }, {}, true],
    [{ deviceNames: ['ws-000001'] }, {}, true],
    [{ deviceNames: ['WS-00000'] }, {}, false],
    [{ deviceNames: ['S-000001'] }, {}, false],
    [{ deviceNames: [''] }, {}, false],
    [{ deviceNames: ['ws-*'] }, {}, true],
    [{ deviceNames: ['*'] }, {}, true],
    [{ deviceNames: ['*'] }, { name: '' }, true],
    [{ deviceNames: ['WS-000001*'] }, {}, true],
    [{ deviceNames: ['*0001'] }, {}, true],
    [{ deviceNames: ['*00*00*'] }, {}, true],
    [{ deviceNames: ['w*-*1'] }, {}, true],
    [{ deviceNames: ['S-*'] }, {}, false],
    [{ deviceNames: ['*-00000'] }, {}, false],
    [{ deviceNames: ['WS-*', 'MAC-*'] }, { name: 'mac-7' }, true],
    [{ deviceNames: ['WS-*', 'W*'] }, { name: 'w1' }, true],
    [{ deviceNames: ['WS-*', 'WS-00*'] }, { name: 'ws-1' }, true],
    [{ deviceNames: ['aba*bab'] }, { name: 'abab' }, false],
    [{ deviceNames: ['aba*bab'] }, { name: 'abaXbab' }, true],
    [{ deviceNames: ['*ab*ab*'] }, { name: 'xab' }, false],
    [{ deviceNames: ['*ab*b'] }, { name: 'ab' }, false],
    [{ deviceNames: ['a**b'] }, { name: 'ab' }, true],
    [{ deviceNames: ['a.c'] }, { name: 'abc' }, false],
    [{ deviceNames: ['a.c*'] }, { name: 'abcd' }, false],
    [{ deviceNames: ['(a+)*[x]?'] }, { name: '(A+)-[X]?' }, true],
    [{ deviceNames: ['a\\*'] }, { name: 'a*' }, false],
    [{ deviceNames: ['Büro-*'] }, { name: 'BÜRO-1' }, true],
    [{ deviceNames: ['WS*1'] }, { name: 'WS\n1' }, true],
  ],
  serialNumbers: [
    [{ serialNumbers: ['other', '5cg1234xyz'] }, {}, true],
    [{ serialNumbers: ['5CG1234'] }, {}, false],
    [{ serialNumbers: ['5CG*'] }, {}, false],
    [{ serialNumbers: ['5CG1234XYZ'] }, { serialNumber: '' }, false],
  ],
  userPrincipalNames: [
    [{ userPrincipalNames: ['KIM@contoso.COM'] }, {}, true],
    [{ userPrincipalNames: ['kim@contoso.com'] }, { userPrincipalName: 'Kim@Contoso.com' }, true],
    [{ userPrincipalNames: ['kim'] }, {}, false],
    [{ userPrincipalNames: ['kim@contoso.com'] }, { userPrincipalName: '' }, false],
  ],
  groupIds: [
    [{ groupIds: [deviceGroup] }, { userId: '' }, true],
    [{ groupIds: [userGroup] }, { entraDeviceId: '' }, true],
    [{ groupIds: [deviceGroup.toUpperCase()] }, {}, true],
    [{ groupIds: [deviceGroup] }, { entraDeviceId: hexId.toUpperCase() }, true],
    [{ groupIds: [userGroup] }, { userId: hexId.toUpperCase() }, true],
    [{ groupIds: [deviceGroup] }, { entraDeviceId: aDeviceId(9) }, false],
    [{ groupIds: [emptyGroup] }, {}, false],
    [{ groupIds: [emptyGroup, userGroup] }, {}, true],
    [{ groupIds: [oddGroup] }, { entraDeviceId: '', userId: '' }, false],
    [{ groupIds: [oddGroup] }, { entraDeviceId: zeroGuid, userId: zeroGuid }, false],
    // An id of a user is none of a device, and the other way round.
    [{ groupIds: [deviceGroup] }, { entraDeviceId: '', userId: hexId }, false],
    [{ groupIds: [userGroup] }, { entraDeviceId: hexId, userId: '' }, false],
  ],
  platforms: [
    [{ platforms: ['macOS', 'windows'] }, {}, true],
    [{ platforms: ['windows'] }, { operatingSystem: 'WINDOWS' }, true],
    [{ platforms: ['android'] }, { operatingSystem: 'AndroidForWork' }, true],
    [{ platforms: ['macOS'] }, { operatingSystem: 'Mac OS X' }, true],
    [{ platforms: ['iOS'] }, { operatingSystem: 'iPadOS' }, false],
    [{ platforms: ['windows'] }, { operatingSystem: 'Linux' }, false],
    [{ platforms: ['windows'] }, { operatingSystem: 'Windows Phone' }, false],
    [{ platforms: ['windows'] }, { operatingSystem: '' }, false],
  ],
  ownership: [
    [{ ownership: ['company'] }, {}, true],
    [{ ownership: ['company'] }, { ownership: 'Company' }, true],
    [{ ownership: ['personal'] }, {}, false],
    [{ ownership: ['company', 'personal'] }, { ownership: 'unknown' }, false],
  ],
  complianceStates: [
    [{ complianceStates: ['noncompliant', 'compliant'] }, {}, true],
    [{ complianceStates: ['inGracePeriod'] }, { complianceState: 'ingraceperiod' }, true],
    [{ complianceStates: ['compliant'] }, { complianceState: 'noncompliant' }, false],
    [{ complianceStates: ['unknown'] }, { complianceState: '' }, false],
  ],
  managementAgents: [
    [{ managementAgents: ['mdm'] }, { managementAgent: 'MDM' }, true],
    [{ managementAgents: ['easMdm'] }, { managementAgent: 'easmdm' }, true],
    [{ managementAgents: ['mdm'] }, { managementAgent: 'easMdm' }, false],
  ],
  manufacturers: [
    [{ manufacturers: ['dell inc.'] }, {}, true],
    [{ manufacturers: ['Dell'] }, {}, false],
    [{ manufacturers: ['Dell Inc.'] }, { manufacturer: '' }, false],
  ],
  models: [
    [{ models: ['LATITUDE 7440'] }, {}, true],
    [{ models: ['Latitude'] }, {}, false],
    [{ models: ['Latitude*'] }, {}, false],
  ],
  categories: [
    [{ categories: ['kiosk'] }, {}, true],
    [{ categories: ['Kiosk'] }, { category: '' }, false],
  ],
  osVersions: [
    [{ osVersions: ['10.0.2'] }, {}, true],
    [{ osVersions: ['10.0.26100.2314'] }, {}, true],
    [{ osVersions: ['11', '10.'] }, {}, true],
    [{ osVersions: ['10.0', '10.0.2', '10.0.3'] }, {}, true],
    [{ osVersions: ['0.26100'] }, {}, false],
    [{ osVersions: ['10.0.26100.23145'] }, {}, false],
    [{ osVersions: ['10.0.2'] }, { osVersion: '' }, false],
    [{ osVersions: ['14.2 (23c'] }, { osVersion: '14.2 (23C64)' }, true],
  ],
  lastSyncOlderThan: [
    [{ lastSyncOlderThan: 'P1D' }, { lastSyncAt: now - DAY_MS - 1 }, true],
    [{ lastSyncOlderThan: 'P1D' }, { lastSyncAt: now - DAY_MS }, false],
    [{ lastSyncOlderThan: 'P1D' }, { lastSyncAt: now }, false],
    [{ lastSyncOlderThan: '2026-01-01T00:00:00Z' }, { lastSyncAt: Date.UTC(2025, 11) }, true],
    [{ lastSyncOlderThan: 'P1D' }, { lastSyncAt: undefined }, true],
    [{ lastSyncOlderThan: '1970-01-01' }, { lastSyncAt: undefined }, true],
  ],
  lastSyncNewerThan: [
    [{ lastSyncNewerThan: 'P1D' }, { lastSyncAt: now - DAY_MS + 1 }, true],
    [{ lastSyncNewerThan: 'P1D' }, { lastSyncAt: now - DAY_MS }, false],
    [{ lastSyncNewerThan: 'P1D' }, { lastSyncAt: undefined }, false],
    [
      { lastSyncNewerThan: 'P7D', lastSyncOlderThan: 'P1D' },
      { lastSyncAt: now - 2 * DAY_MS },
      true,
    ],
    [
      { lastSyncNewerThan: 'P7D', lastSyncOlderThan: 'P1D' },
      { lastSyncAt: now - 8 * DAY_MS },
      false,
    ],
  ],
  enrolledBefore: [
    [{ enrolledBefore: 'P1D' }, { enrolledAt: now - DAY_MS - 1 }, true],
    [{ enrolledBefore: 'P1D' }, { enrolledAt: now - DAY_MS }, false],
    [{ enrolledBefore: 'P1D' }, { enrolledAt: undefined }, false],
  ],
  enrolledAfter: [
    [{ enrolledAfter: 'P1D' }, { enrolledAt: now - DAY_MS + 1 }, true],
    [{ enrolledAfter: 'P1D' }, { enrolledAt: now - DAY_MS }, false],
    [{ enrolledAfter: '1970-01-01' }, { enrolledAt: undefined }, false],
  ],
};

function match(scope: Scope, device: Partial<ScopeSubject> = {}): ScopeMatch {
  return compileScope(scope, { now, groups })(aSubject(device));
}

describe.each(Object.entries(tables))('%s', (_, rows) => {
  it.each(rows)('%j on %j: %s', (filter, device, isMatch) => {
    expect(match(filter, device)).toBe(isMatch ? 'included' : 'outside');
  });

  it.each(rows)('excluding %j of %j: %s', (exclude, device, isMatch) => {
    expect(match({ exclude }, device)).toBe(isMatch ? 'excluded' : 'included');
  });
});

describe('compileScope', () => {
  it('includes every device when no field is given', () => {
    expect(match({}, { operatingSystem: 'Linux', name: '' })).toBe('included');
  });

  it('asks for every field', () => {
    const scope: Scope = {
      platforms: ['windows'],
      categories: ['Kiosk'],
      models: ['Latitude 7440'],
    };
    expect(match(scope)).toBe('included');
    expect(match(scope, { category: 'Desk' })).toBe('outside');
    expect(match(scope, { operatingSystem: 'iOS' })).toBe('outside');
  });

  it.each<[string, Scope, ScopeMatch]>([
    ['excludes nothing by an empty exclude', { exclude: {} }, 'included'],
    ['keeps to the scope with an empty exclude', { models: ['x'], exclude: {} }, 'outside'],
    [
      'excludes what matches every field of exclude',
      { exclude: { platforms: ['windows'], categories: ['Kiosk'] } },
      'excluded',
    ],
    [
      'includes what matches only some fields of exclude',
      { exclude: { platforms: ['windows'], categories: ['Desk'] } },
      'included',
    ],
    [
      'takes a device that is not in the scope for outside, though exclude matches it',
      { models: ['x'], exclude: { platforms: ['windows'] } },
      'outside',
    ],
    [
      'excludes a device that the scope names by id',
      { deviceIds: [aDeviceId()], exclude: { groupIds: [userGroup] } },
      'excluded',
    ],
  ])('%s', (_, scope, expected) => {
    expect(match(scope)).toBe(expected);
  });

  it.each<[string, Scope]>([
    ['in the scope', { groupIds: [deviceGroup, hexId] }],
    ['in exclude', { exclude: { groupIds: [hexId] } }],
  ])('throws for a group %s whose members were not read', (_, scope) => {
    expect(() => compileScope(scope, { now, groups })).toThrow(
      `The members of the group ${hexId} were not read before the scope was used.`,
    );
  });

  it('throws for a time bound that is none, naming it and an example', () => {
    expect(() =>
      compileScope({ exclude: { enrolledAfter: 'yesterday' } }, { now, groups }),
    ).toThrow(
      `The scope's enrolledAfter is "yesterday"; it must be a duration such as P30D, or an instant with its zone.`,
    );
  });

  it('counts a duration back from the moment it is compiled for', () => {
    const scope: Scope = { lastSyncOlderThan: 'P1D' };
    const device = aSubject({ lastSyncAt: now - DAY_MS });
    expect(compileScope(scope, { now, groups })(device)).toBe('outside');
    expect(compileScope(scope, { now: now + 1, groups })(device)).toBe('included');
  });

  it('judges by a pattern that would make a regular expression backtrack for ever', () => {
    const pattern = `${'a*'.repeat(120)}b`;
    expect(match({ deviceNames: [pattern] }, { name: 'a'.repeat(5_000) })).toBe('outside');
    expect(match({ deviceNames: [pattern] }, { name: `${'a'.repeat(5_000)}b` })).toBe('included');
  });

  it('leaves the scope and the groups as they are', () => {
    const scope = Object.freeze({
      deviceNames: Object.freeze(['B*', 'A*']),
      osVersions: Object.freeze(['2', '1']),
      groupIds: Object.freeze([userGroup, deviceGroup]),
    });
    compileScope(scope, { now, groups })(aSubject());
    expect(scope.osVersions).toEqual(['2', '1']);
    expect(groups.get(userGroup)?.deviceIds.size).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import {
  featureRoles,
  featuresFor,
  GROUP_ROLES,
  LIST_DEVICES_ROLE,
  missingRoles,
  rolesFor,
} from '../../src/core/roles.ts';
import { absent, conformance } from '../support/conformance.ts';
import { syncCommand } from '../support/factories.ts';

const actionRole = syncCommand.role;

describe('missingRoles', () => {
  it.each([
    [[LIST_DEVICES_ROLE, actionRole], []],
    [['DeviceManagementManagedDevices.ReadWrite.All', actionRole], []],
    [['DeviceManagementConfiguration.Read.All', actionRole], []],
    [['DeviceManagementConfiguration.ReadWrite.All', actionRole], []],
    [[actionRole], [LIST_DEVICES_ROLE]],
    [[LIST_DEVICES_ROLE], [actionRole]],
    [[], [LIST_DEVICES_ROLE, actionRole]],
    [['User.Read.All'], [LIST_DEVICES_ROLE, actionRole]],
  ])('of %j are %j', (granted, missing) => {
    expect(missingRoles(granted, { actionRole })).toEqual(missing);
  });

  it('of a dry run are those to read only: it sends nothing', () => {
    expect(missingRoles([LIST_DEVICES_ROLE], {})).toEqual([]);
    expect(missingRoles([], {})).toEqual([LIST_DEVICES_ROLE]);
  });

  it.each([
    [[], ['GroupMember.Read.All', 'Device.Read.All']],
    [['GroupMember.Read.All'], ['Device.Read.All']],
    [['Device.Read.All'], ['GroupMember.Read.All']],
    [['GroupMember.Read.All', 'Device.Read.All'], []],
    [['Group.Read.All', 'Device.ReadWrite.All'], []],
    [['GroupMember.ReadWrite.All', 'Device.Read.All'], []],
    [['Group.ReadWrite.All'], ['Device.Read.All']],
    [['Device.ReadWrite.All'], ['GroupMember.Read.All']],
    [['Directory.Read.All'], []],
    [['Directory.ReadWrite.All'], []],
    [
      ['User.Read.All', 'GroupMember.Read'],
      ['GroupMember.Read.All', 'Device.Read.All'],
    ],
  ])('of a scope with groups and %j are %j', (granted, missing) => {
    const roles = [LIST_DEVICES_ROLE, actionRole, ...granted];
    expect(missingRoles(roles, { actionRole, readsGroups: true })).toEqual(missing);
  });

  it('of another list are its own, the least of them, unless one is granted that gives it too', () => {
    const listRoles = ['Connectors.Read', 'Connectors.ReadWrite'] as const;
    expect(missingRoles([], { listRoles })).toEqual(['Connectors.Read']);
    expect(missingRoles(['Connectors.ReadWrite'], { listRoles })).toEqual([]);
    expect(missingRoles([LIST_DEVICES_ROLE], { listRoles })).toEqual(['Connectors.Read']);
  });

  it('are one for the list and the action when that of the action gives the list as well', () => {
    const listRoles = ['Connectors.Read', 'Connectors.ReadWrite'] as const;
    const needs = { listRoles, actionRole: 'Connectors.ReadWrite' };
    expect(missingRoles([], needs)).toEqual(['Connectors.ReadWrite']);
    expect(missingRoles(['Connectors.Read'], needs)).toEqual(['Connectors.ReadWrite']);
    expect(missingRoles(['Connectors.ReadWrite'], needs)).toEqual([]);
  });

  it('of a scope without groups are none of those for groups', () => {
    expect(missingRoles([LIST_DEVICES_ROLE], { readsGroups: false })).toEqual([]);
  });
});

describe('rolesFor', () => {
  const sync = [
    { role: LIST_DEVICES_ROLE, neededFor: 'sync' },
    { role: actionRole, neededFor: 'sync' },
  ];

  it.each([[[]], [['sync' as const]], [['sync' as const, 'sync' as const]]])(
    '%j are those to list devices and to send the action',
    (features) => {
      expect(rolesFor(features)).toEqual(sync);
    },
  );

  it('every feature are those of sync and what each adds', () => {
    expect(rolesFor(['apps', 'exchange', 'groups'])).toEqual([
      ...sync,
      { role: 'DeviceManagementApps.Read.All', neededFor: 'apps' },
      { role: 'DeviceManagementServiceConfig.ReadWrite.All', neededFor: 'exchange' },
      { role: 'GroupMember.Read.All', neededFor: 'groups' },
      { role: 'Device.Read.All', neededFor: 'groups' },
    ]);
  });

  it('sync are enough for a run, and those of groups for one with groups', () => {
    const granted = rolesFor(['groups']).map(({ role }) => role);
    expect(missingRoles(granted, { actionRole, readsGroups: true })).toEqual([]);
  });
});

describe('the features that take a role', () => {
  it.each([
    [[LIST_DEVICES_ROLE], ['sync']],
    [
      ['Device.Read.All', actionRole],
      ['sync', 'groups'],
    ],
    [[...GROUP_ROLES], ['groups']],
    [['DeviceManagementApps.Read.All'], ['apps']],
    [['User.Read.All'], []],
    [[], []],
  ])('%j are %j', (roles, features) => {
    expect(featuresFor(roles)).toEqual(features);
  });
});

describe('a role', () => {
  it('has the name that Microsoft Graph gives it', ({ skip }) => {
    const file = conformance('graph/graph-app-roles.json') ?? skip(absent);
    const { appRoles } = file as { appRoles: { value: string }[] };
    // The data has no roles for apps.
    const { apps: _apps, ...features } = featureRoles;
    const names = appRoles.map(({ value }) => value);
    expect(names).toEqual(expect.arrayContaining(Object.values(features).flat()));
  });
});

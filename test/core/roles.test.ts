import { describe, expect, it } from 'vitest';
import { actions } from '../../src/core/actions/index.ts';
import {
  featureRoles,
  featuresFor,
  GROUP_ROLES,
  LIST_DEVICES_ROLE,
  missingRoles,
  roleIds,
  rolesFor,
} from '../../src/core/roles.ts';
import { absent, conformance } from '../support/conformance.ts';

const actionRole = actions.syncDevice.role;

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
  ])('of a scope with groups and %j are %j', (granted, missing) => {
    const roles = [LIST_DEVICES_ROLE, actionRole, ...granted];
    expect(missingRoles(roles, { actionRole, readsGroups: true })).toEqual(missing);
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
  it('has an id by which it is granted, whichever feature needs it', () => {
    const named = Object.values(featureRoles).flat();
    expect(Object.keys(roleIds).toSorted()).toEqual(named.toSorted());
  });

  it('and its id are those of Microsoft Graph', ({ skip }) => {
    const file = conformance('graph/graph-app-roles.json') ?? skip(absent);
    const { appRoles } = file as { appRoles: { id: string; value: string }[] };
    // The data has no roles for apps.
    const { 'DeviceManagementApps.Read.All': _apps, ...known } = roleIds;
    const ids = Object.fromEntries(appRoles.map(({ id, value }) => [value, id]));
    expect(ids).toMatchObject(known);
  });
});

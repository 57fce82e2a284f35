import { describe, expect, it } from 'vitest';
import { actions } from '../../src/core/actions/index.ts';
import { LIST_DEVICES_ROLE, missingRoles } from '../../src/core/roles.ts';
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
    expect(missingRoles(granted, actionRole)).toEqual(missing);
  });

  it('are roles that Microsoft Graph has', ({ skip }) => {
    const file = conformance('graph/graph-app-roles.json') ?? skip(absent);
    const { appRoles } = file as { appRoles: { value: string }[] };
    const known = appRoles.map(({ value }) => value);
    expect(known).toEqual(expect.arrayContaining([LIST_DEVICES_ROLE, actionRole]));
  });
});

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  approvalRequired,
  deadlineExceeded,
  listingFailed,
  missingPermission,
  notStarted,
  planningFailed,
  tooManyDevices,
  unauthorized,
  unknownDevices,
  unknownGroup,
} from '../../src/core/problems.ts';
import { GROUP_ROLES, featureRoles } from '../../src/core/roles.ts';
import { aDeviceId } from '../support/factories.ts';

const identity = '99999999-0000-4000-8000-000000000001';

/** The arguments of the command that a problem names, as a shell takes them. */
function argumentsOf(detail: string): string[] {
  const command = /the managed identity: (npx .*?) \. Outside/.exec(detail)?.[1] ?? '';
  const script = `npx() { printf '%s\\n' "$@"; }\nIDENTITY=${identity}\n${command}\n`;
  const { status, stdout } = spawnSync('sh', ['-euc', script], { encoding: 'utf8' });
  expect(status).toBe(0);
  return stdout.trimEnd().split('\n');
}

describe('a problem of a permission', () => {
  it('names every role that is missing', () => {
    const { code, detail } = missingPermission(['A.Read.All', 'B.Write.All']);
    expect(code).toBe('missingPermission');
    expect(detail).toContain('application permission A.Read.All and B.Write.All, then start');
  });

  it.skipIf(process.platform === 'win32').each([
    [['DeviceManagementManagedDevices.Read.All'], 'sync'],
    [[...featureRoles.sync], 'sync'],
    [[...GROUP_ROLES], 'groups'],
    [['DeviceManagementManagedDevices.Read.All', 'Device.Read.All'], 'sync,groups'],
  ])('has the command that grants %j, as a shell takes it', (roles, features) => {
    expect(argumentsOf(missingPermission(roles).detail)).toEqual([
      'fleet-sync',
      'permissions',
      'grant',
      '--principal',
      identity,
      '--features',
      features,
    ]);
  });

  it('says how the command names another cloud', () => {
    const { detail } = missingPermission([...GROUP_ROLES]);
    expect(detail).toContain('add --cloud with the value of GRAPH_CLOUD.');
  });

  it('has no command for a role that no feature takes', () => {
    expect(missingPermission(['A.Read.All']).detail).not.toContain('fleet-sync');
  });
});

describe('a problem of an approval', () => {
  const { detail } = approvalRequired();

  it('says that a sync is not what approvals are for, and to narrow the policy', () => {
    expect(detail).toContain('sync is none of them');
    expect(detail).toContain('find the access policy that covers more and narrow it');
  });

  it('says what an exclusion of the identity would open', () => {
    expect(detail).toContain('could then wipe, retire and delete devices without anybody else');
  });
});

describe('a problem', () => {
  it('of the listing says why, and that nothing was sent', () => {
    const { code, detail } = listingFailed('Page 3 failed.');
    expect(code).toBe('listingFailed');
    expect(detail).toMatch(/^Page 3 failed\. Nothing was sent:/);
  });

  it('of a plan that is too large says how large it is, and what was allowed', () => {
    const { code, detail } = tooManyDevices(501, 500);
    expect(code).toBe('tooManyDevices');
    expect(detail).toMatch(/^It has 501 devices, and at most 500 were allowed/);
  });

  it.each([
    [1, `no device ${aDeviceId(1)}. Nothing`],
    [10, `${aDeviceId(9)}, ${aDeviceId(10)}. Nothing`],
    [11, `${aDeviceId(10)} and 1 more. Nothing`],
    [10_000, `${aDeviceId(10)} and 9990 more. Nothing`],
  ])('of %i unknown devices names at most ten', (count, text) => {
    const ids = Array.from({ length: count }, (_, place) => aDeviceId(place + 1));
    const { code, detail } = unknownDevices(ids);
    expect(code).toBe('unknownDevices');
    expect(detail).toContain(text);
  });

  it('of an unknown group names it', () => {
    const { code, detail } = unknownGroup(aDeviceId());
    expect(code).toBe('unknownGroup');
    expect(detail).toContain(`Entra ID has no group ${aDeviceId()}.`);
  });

  it.each([
    [unauthorized(), 'unauthorized', 'Check that the tenant'],
    [approvalRequired(), 'approvalRequired', 'narrow it'],
    [notStarted(), 'notStarted', 'Start a new run'],
    [planningFailed(), 'planningFailed', 'The exceptions of planRun'],
    [deadlineExceeded(), 'deadlineExceeded', 'Raise SYNC_RUN_DEADLINE_HOURS'],
    [tooManyDevices(2, 1), 'tooManyDevices', 'Narrow the scope, or allow more'],
    [unknownGroup('x'), 'unknownGroup', 'Check the object id'],
  ])('has a code for programs and the remedy for people: %#', (problem, code, remedy) => {
    expect(problem.code).toBe(code);
    expect(problem.detail).toContain(remedy);
  });
});

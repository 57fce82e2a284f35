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
import { GROUP_ROLES, roleIds } from '../../src/core/roles.ts';
import { aDeviceId } from '../support/factories.ts';

const identity = '99999999-0000-4000-8000-000000000001';
const graph = '88888888-0000-4000-8000-000000000001';

/**
 * What the commands of a problem do in a shell: the arguments of each `az rest`, where `az` is a
 * function that answers a question for Graph's service principal with `graph`.
 */
function run(detail: string): string[][] {
  const commands =
    /With IDENTITY set to the object id of the managed identity: (.*) \. A token that was issued/.exec(
      detail,
    )?.[1] ?? '';
  const az = `az() {
    if [ "$1" = rest ]; then printf '%s\\n' "$@" --; else echo "${graph}"; fi
  }`;
  const script = `${az}\nIDENTITY=${identity}\n${commands}\n`;
  const { status, stdout } = spawnSync('sh', ['-euc', script], { encoding: 'utf8' });
  expect(status).toBe(0);
  return stdout
    .split('--\n')
    .slice(0, -1)
    .map((call) => call.trimEnd().split('\n'));
}

/** The call that grants a role to the identity. */
const grantOf = (role: string) => [
  'rest',
  '--method',
  'POST',
  '--url',
  `https://graph.microsoft.com/v1.0/servicePrincipals/${identity}/appRoleAssignments`,
  '--body',
  JSON.stringify({ principalId: identity, resourceId: graph, appRoleId: roleIds[role] }),
];

describe('a problem of a permission', () => {
  it('names every role that is missing', () => {
    const { code, detail } = missingPermission(['A.Read.All', 'B.Write.All']);
    expect(code).toBe('missingPermission');
    expect(detail).toContain('application permission A.Read.All and B.Write.All, then start');
  });

  it
    .skipIf(process.platform === 'win32')
    .each([
      [['DeviceManagementManagedDevices.Read.All']],
      [['DeviceManagementManagedDevices.PrivilegedOperations.All']],
      [[...GROUP_ROLES]],
    ])('has the command that grants %j, as a shell takes it', (roles) => {
    expect(run(missingPermission(roles).detail)).toEqual(roles.map(grantOf));
  });

  it('has no command for a role whose id is not known', () => {
    expect(missingPermission(['A.Read.All']).detail).not.toContain('az rest');
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
    [approvalRequired(), 'approvalRequired', 'Exclude the managed identity'],
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

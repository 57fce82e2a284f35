import { describe, expect, test } from 'vitest';
import { aDirectory, addressOf, clientId, identityId, syncRoles } from '../support/a-directory.ts';
import {
  actionRole,
  grantCommand,
  of,
  principal,
  readRole,
  revokeCommand,
  row,
  subject,
  writeRole,
} from '../support/a-permission-report.ts';
import { jsonOf } from '../support/call-cli.ts';

describe('permissions verify', () => {
  test('passes when exactly the needed roles are held', async () => {
    const directory = await aDirectory(syncRoles);
    expect(await directory.call(['verify', ...of])).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: `fleet-sync-identity (${identityId})

  role                                                     needed for  state
  DeviceManagementManagedDevices.Read.All                  sync        held
  DeviceManagementManagedDevices.PrivilegedOperations.All  sync        held

These are exactly the roles that it needs.
`,
    });
    expect(directory.changes()).toEqual([]);
  });

  test('fails on a role that is missing, with the command that grants it', async () => {
    const directory = await aDirectory([actionRole]);
    const { exitCode, stdout } = await directory.call(['verify', ...of]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`\n  ${readRole}                  sync        missing\n`);
    expect(stdout.endsWith(`To give it exactly what it needs:\n  ${grantCommand}\n`)).toBe(true);
  });

  test('fails on a role that is too many, with the command that revokes it', async () => {
    const directory = await aDirectory([...syncRoles, 'Directory.Read.All']);
    const { exitCode, stdout } = await directory.call(['verify', ...of]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/\n {2}Directory\.Read\.All +- +not needed\n/);
    expect(stdout.endsWith(`To give it exactly what it needs:\n  ${revokeCommand}\n`)).toBe(true);
  });

  test('takes a wider role for what it is: one missing, one too many', async () => {
    const directory = await aDirectory([writeRole, actionRole]);
    const outcome = await directory.call(['verify', ...of, '--json']);
    expect(outcome.exitCode).toBe(1);
    expect(jsonOf(outcome)).toEqual({
      ...subject,
      roles: [row(readRole, 'missing'), row(actionRole, 'held'), row(writeRole, 'notNeeded', null)],
      remedies: [grantCommand, revokeCommand],
    });
  });

  test('passes after its remedies were carried out, whatever was held before', async () => {
    const directory = await aDirectory([writeRole, 'Directory.Read.All', 'GroupMember.Read.All']);
    const verify = ['verify', ...of, '--features', 'groups,apps', '--json'];
    const { remedies } = jsonOf(await directory.call(verify)) as { remedies: string[] };
    for (const remedy of remedies) {
      const args = remedy.replace(/^fleet-sync permissions /, '').split(' ');
      expect(await directory.call(args)).toMatchObject({ exitCode: 0 });
    }
    expect(await directory.call(verify)).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['groups', ['GroupMember.Read.All', 'Device.Read.All']],
    ['exchange', ['DeviceManagementServiceConfig.ReadWrite.All']],
    ['apps', ['DeviceManagementApps.Read.All']],
    ['sync', []],
  ])('asks for what the feature %s adds', async (feature, roles) => {
    const directory = await aDirectory([...syncRoles, ...roles]);
    const options = ['--features', feature];
    expect(await directory.call(['verify', ...of, ...options])).toMatchObject({ exitCode: 0 });
    expect(await directory.call(['verify', ...of])).toMatchObject({
      exitCode: roles.length === 0 ? 0 : 1,
    });
  });

  test('reads every page, and leaves roles of other APIs out of its judgement', async () => {
    const directory = await aDirectory(syncRoles, { otherRoles: 250 });
    const outcome = await directory.call(['verify', ...of, '--json']);
    const listed = directory.requests.filter((one) => one.endsWith('/appRoleAssignments'));
    expect(listed).toHaveLength(3);
    expect(outcome.exitCode).toBe(0);
    expect(jsonOf(outcome)).toEqual({
      ...subject,
      otherApis: ['Another API'],
      roles: [row(readRole, 'held'), row(actionRole, 'held')],
      remedies: [],
    });
    const { stdout } = await directory.call(['verify', ...of]);
    expect(stdout).toContain(
      '\nIt also holds roles of other APIs, which are not needed: Another API.\n',
    );
  });

  test('finds the identity by its client id as well', async () => {
    const directory = await aDirectory(syncRoles);
    const outcome = await directory.call(['verify', '--client-id', clientId, '--json']);
    expect(jsonOf(outcome)).toMatchObject({ principal });
  });

  test('names the cloud in its remedies', async () => {
    const directory = await aDirectory([]);
    const outcome = await directory.call(['verify', ...of, '--cloud', 'usGov', '--json']);
    expect(jsonOf(outcome)).toMatchObject({ remedies: [`${grantCommand} --cloud usGov`] });
  });
});

describe('each cloud', () => {
  test.each([
    ['public', 'https://graph.microsoft.com'],
    ['usGov', 'https://graph.microsoft.us'],
    ['usGovDoD', 'https://dod-graph.microsoft.us'],
    ['china', 'https://microsoftgraph.chinacloudapi.cn'],
  ])('%s has its own address', async (cloud, address) => {
    const directory = await aDirectory([]);
    const asked: string[] = [];
    const outcome = await directory.call(['verify', ...of, '--cloud', cloud], {
      env: { GRAPH_ENDPOINT: '' },
      fetch: (input) => {
        asked.push(addressOf(input));
        return Promise.resolve(Response.json({ error: { message: '' } }, { status: 401 }));
      },
    });
    expect(asked).toEqual([
      `${address}/v1.0/servicePrincipals/${identityId}?$select=id,appId,displayName,servicePrincipalType`,
    ]);
    expect(outcome.stderr).toContain(`az account get-access-token --resource ${address}\n`);
  });
});

import { describe, expect, test } from 'vitest';
import {
  aDirectory,
  addressOf,
  clientId,
  identityId,
  identityName,
  syncRoles,
} from '../support/a-directory.ts';
import { jsonOf } from '../support/call-cli.ts';

const [readRole = '', actionRole = ''] = syncRoles;
const writeRole = 'DeviceManagementManagedDevices.ReadWrite.All';
const of = ['--principal', identityId];
const principal = { id: identityId, clientId, displayName: identityName };
const subject = { principal, cloud: 'public', features: ['sync'], otherApis: [] };
const grantCommand = `fleet-sync permissions grant --principal ${identityId} --features sync`;
const revokeCommand = `fleet-sync permissions revoke --principal ${identityId} --features sync`;
const row = (role: string, state: string, neededFor: string | null = 'sync') => ({
  role,
  neededFor,
  state,
});

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

describe('permissions grant', () => {
  test('grants what is missing, and tells each as it is done', async () => {
    const directory = await aDirectory(['Directory.Read.All', actionRole]);
    const outcome = await directory.call(['grant', ...of, '--features', 'apps']);
    expect(outcome).toMatchObject({
      exitCode: 0,
      stderr: `Granted ${readRole}.\nGranted DeviceManagementApps.Read.All.\n`,
    });
    expect(outcome.stdout).toContain('its old roles for up to a day.\n');
    expect(await directory.held()).toEqual({
      roles: ['DeviceManagementApps.Read.All', actionRole, readRole, 'Directory.Read.All'],
      others: 0,
    });
  });

  test('twice is harmless: the second time asks for no change', async () => {
    const directory = await aDirectory([]);
    await directory.call(['grant', ...of]);
    const before = directory.changes();
    const outcome = await directory.call(['grant', ...of, '--json']);
    expect(before).toHaveLength(2);
    expect(directory.changes()).toEqual(before);
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(jsonOf(outcome)).toEqual({
      ...subject,
      roles: [row(readRole, 'held'), row(actionRole, 'held')],
      remedies: [],
    });
  });

  test('takes nothing away, but says what is too many', async () => {
    const directory = await aDirectory([...syncRoles, writeRole]);
    const outcome = await directory.call(['grant', ...of, '--json']);
    expect(outcome.exitCode).toBe(0);
    expect(jsonOf(outcome)).toMatchObject({ remedies: [revokeCommand] });
    expect(directory.changes()).toEqual([]);
  });

  test('as a dry run only says what it would do', async () => {
    const directory = await aDirectory([actionRole]);
    const outcome = await directory.call(['grant', ...of, '--dry-run', '--json']);
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(jsonOf(outcome)).toEqual({
      ...subject,
      roles: [row(readRole, 'toGrant'), row(actionRole, 'held')],
      remedies: [],
    });
    const { stdout } = await directory.call(['grant', ...of, '--dry-run']);
    expect(stdout).toMatch(/ would be granted\n[^]*\nNothing was changed: this was a dry run\.\n$/);
    expect(directory.changes()).toEqual([]);
    expect((await directory.held()).roles).toEqual([actionRole]);
  });

  test('takes a role that another one granted in between for granted', async () => {
    const directory = await aDirectory([]);
    const outcome = await directory.call(['grant', ...of], {
      fetch: async (input, init) => {
        // The same request of somebody else comes first.
        if (init?.method === 'POST') await fetch(input, init);
        return fetch(input, init);
      },
    });
    expect(outcome).toMatchObject({ exitCode: 0 });
    expect((await directory.held()).roles).toEqual([actionRole, readRole]);
  });

  test('repeats a grant whose answer was lost', async () => {
    const directory = await aDirectory([]);
    let isLost = false;
    const outcome = await directory.call(['grant', ...of], {
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (init?.method !== 'POST' || isLost) return response;
        isLost = true;
        throw new TypeError('fetch failed');
      },
    });
    expect(outcome).toMatchObject({ exitCode: 0, waits: [1_000] });
    expect((await directory.held()).roles).toEqual([actionRole, readRole]);
  });

  test('waits while Graph throttles', async () => {
    const directory = await aDirectory([]);
    directory.simulator.setFaults({ throttledRate: 1, retryAfterSeconds: 7 });
    const waits: number[] = [];
    const outcome = await directory.call(['grant', ...of], {
      sleep: (ms) => {
        waits.push(ms);
        directory.simulator.setFaults({ throttledRate: 0 });
        return Promise.resolve();
      },
    });
    expect(outcome.exitCode).toBe(0);
    expect(waits).toEqual([7_000]);
    expect((await directory.held()).roles).toEqual([actionRole, readRole]);
  });

  test('that fails half-way has told what is granted', async () => {
    const directory = await aDirectory([]);
    let grants = 0;
    const outcome = await directory.call(['grant', ...of], {
      fetch: (input, init) => {
        if (init?.method === 'POST') grants += 1;
        const answer = { error: { code: 'Request_BadRequest', message: 'Not a valid reference.' } };
        return grants === 2
          ? Promise.resolve(Response.json(answer, { status: 400 }))
          : fetch(input, init);
      },
    });
    expect(outcome).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: `Granted ${readRole}.\nMicrosoft Graph refused (HTTP 400)\nNot a valid reference.\n`,
    });
    expect((await directory.held()).roles).toEqual([readRole]);
  });

  test('goes to no other place of the directory than the roles of Graph', async () => {
    const directory = await aDirectory(['Directory.Read.All']);
    await directory.call(['grant', ...of]);
    await directory.call(['revoke', ...of]);
    const path = /^\/v1\.0\/servicePrincipals\/[0-9a-f-]{36}\/appRoleAssignedTo(\/[\w-]{43})?$/;
    const places = directory.changes().map((change) => change.split(' '));
    expect(places.map(([method]) => method)).toEqual(['POST', 'POST', 'DELETE']);
    for (const [, place] of places) expect(place).toMatch(path);
  });
});

describe('permissions revoke', () => {
  test('revokes what is not needed, and only that', async () => {
    const directory = await aDirectory([writeRole, ...syncRoles, 'Directory.Read.All'], {
      otherRoles: 130,
    });
    const outcome = await directory.call(['revoke', ...of, '--json']);
    expect(outcome).toMatchObject({
      exitCode: 0,
      stderr: `Revoked ${writeRole}.\nRevoked Directory.Read.All.\n`,
    });
    expect(jsonOf(outcome)).toEqual({
      ...subject,
      otherApis: ['Another API'],
      roles: [
        row(readRole, 'held'),
        row(actionRole, 'held'),
        row(writeRole, 'revoked', null),
        row('Directory.Read.All', 'revoked', null),
      ],
      remedies: [],
    });
    expect(await directory.held()).toEqual({ roles: [actionRole, readRole], others: 130 });
  });

  test('with --all leaves no role of Graph', async () => {
    const directory = await aDirectory([...syncRoles, writeRole], { otherRoles: 1 });
    const outcome = await directory.call(['revoke', ...of, '--all']);
    expect(outcome.exitCode).toBe(0);
    expect(await directory.held()).toEqual({ roles: [], others: 1 });
    expect((await directory.call(['revoke', ...of, '--all'])).stdout).toContain(
      '\nIt holds no role of Microsoft Graph.\n',
    );
  });

  test.each([[[]], [['--all']]])('with %j as a dry run only says what it would do', async (all) => {
    const directory = await aDirectory([...syncRoles, writeRole]);
    const outcome = await directory.call(['revoke', ...of, ...all, '--dry-run', '--json']);
    const { roles } = jsonOf(outcome) as { roles: { state: string }[] };
    const toRevoke = roles.filter(({ state }) => state === 'toRevoke');
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    expect(toRevoke).toHaveLength(all.length === 0 ? 1 : 3);
    expect(directory.changes()).toEqual([]);
    expect((await directory.held()).roles).toEqual([actionRole, readRole, writeRole]);
  });

  test('takes a role that another one revoked in between for revoked', async () => {
    const directory = await aDirectory([...syncRoles, writeRole]);
    const outcome = await directory.call(['revoke', ...of], {
      fetch: async (input, init) => {
        if (init?.method === 'DELETE') await fetch(input, init);
        return fetch(input, init);
      },
    });
    expect(outcome).toMatchObject({ exitCode: 0, stderr: `Revoked ${writeRole}.\n` });
  });

  test('says what is missing besides', async () => {
    const directory = await aDirectory([writeRole]);
    const outcome = await directory.call(['revoke', ...of, '--json']);
    expect(jsonOf(outcome)).toMatchObject({ remedies: [grantCommand] });
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

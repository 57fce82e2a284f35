import { describe, expect, test } from 'vitest';
import { missingPermission } from '../../../src/core/problems.ts';
import { GROUP_ROLES } from '../../../src/core/roles.ts';
import { aDirectory, identityId, syncRoles } from '../support/a-directory.ts';
import {
  actionRole,
  of,
  readRole,
  revokeCommand,
  row,
  subject,
  writeRole,
} from '../support/a-permission-report.ts';
import { jsonOf } from '../support/call-cli.ts';

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

  test('as the problem of a run names it grants what the run lacked', async () => {
    const directory = await aDirectory(syncRoles);
    const { detail } = missingPermission([...GROUP_ROLES]);
    const command = /fleet-sync permissions (grant .*?) \./.exec(detail)?.[1] ?? '';
    const args = command.replace('$IDENTITY', identityId).split(' ');
    expect(await directory.call(args)).toMatchObject({ exitCode: 0 });
    expect((await directory.held()).roles).toEqual([...syncRoles, ...GROUP_ROLES].toSorted());
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

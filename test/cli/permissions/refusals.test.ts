import { describe, expect, test } from 'vitest';
import {
  aDirectory,
  aGraphToken,
  addressOf,
  clientId,
  identityId,
  otherId,
  syncRoles,
} from '../support/a-directory.ts';
import type { Outcome } from '../support/call-cli.ts';

const of = ['--principal', identityId];
const azCommand = 'az account get-access-token --resource https://graph.microsoft.com';

/** Fails unless the token is in nothing that was said. */
function expectNoToken({ stdout, stderr }: Outcome, token: string): void {
  for (const said of [stdout, stderr]) expect(said).not.toContain(token.slice(0, 40));
}

describe('the token', () => {
  test.each([
    ['alone', (token: string) => token],
    ['with spaces around it', (token: string) => ` ${token}\n`],
    ['as az prints it', (token: string) => JSON.stringify({ accessToken: token, tenant: 'x' })],
  ])('is taken %s', async (_, write) => {
    const directory = await aDirectory(syncRoles);
    const token = write(aGraphToken());
    const outcome = await directory.call(['verify', ...of], {
      env: { FLEET_SYNC_GRAPH_TOKEN: token },
    });
    expect(outcome).toMatchObject({ exitCode: 0 });
    const option = await directory.call(['verify', ...of, '--token', token], {
      env: { FLEET_SYNC_GRAPH_TOKEN: 'another' },
    });
    expect(option).toMatchObject({ exitCode: 0 });
    expectNoToken(option, aGraphToken());
  });

  test.each([
    ['', 'is missing'],
    ['  ', 'is missing'],
    ['{"accessToken":', 'is not a token'],
    ['{"token":"the-secret"}', 'is not a token'],
    ['the-secret with spaces', 'is not a token'],
    ['the-secret…', 'is not a token'],
  ])('%j is asked for, and nothing else', async (token, problem) => {
    const directory = await aDirectory([]);
    const env = { FLEET_SYNC_GRAPH_TOKEN: token };
    const outcome = await directory.call(['grant', ...of], { env });
    expect(outcome).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: `The token of an administrator ${problem}. Set FLEET_SYNC_GRAPH_TOKEN (or --token) to what this prints: ${azCommand}\n`,
    });
    expect(directory.requests).toEqual([]);
  });

  test('that Graph does not accept has to be got anew', async () => {
    const directory = await aDirectory([]);
    const token = 'not.the-secret.token';
    const env = { FLEET_SYNC_GRAPH_TOKEN: token };
    const outcome = await directory.call(['verify', ...of], { env });
    expect(outcome.exitCode).toBe(3);
    expect(outcome.stderr).toMatch(/^Microsoft Graph does not accept the token \(HTTP 401\)\n/);
    expect(outcome.stderr).toContain(`FLEET_SYNC_GRAPH_TOKEN to a new one: ${azCommand}\n`);
    expectNoToken(outcome, token);
  });

  test.each([
    ['may not even read', 'verify', []],
    ['may only read', 'grant', ['Application.Read.All']],
    ['may only read', 'revoke', ['Application.Read.All']],
  ])('that %s is refused for %s, with the role that it takes', async (_, verb, permissions) => {
    const held = [syncRoles[0] ?? '', 'Directory.Read.All'];
    const directory = await aDirectory(held);
    const token = aGraphToken(permissions);
    const env = { FLEET_SYNC_GRAPH_TOKEN: token };
    const outcome = await directory.call([verb, ...of], { env });
    expect(outcome).toMatchObject({ exitCode: 3, stdout: '' });
    expect(outcome.stderr).toMatch(/^The token does not allow this \(HTTP 403\)\n/);
    for (const name of [
      'Directory Readers',
      'Application.Read.All',
      'Privileged Role Administrator',
      'AppRoleAssignment.ReadWrite.All',
    ]) {
      expect(outcome.stderr).toContain(name);
    }
    expect((await directory.held()).roles).toEqual(held.toSorted());
    expectNoToken(outcome, token);
  });

  test('is sent to no address but Graph, and not printed when that is not reached', async () => {
    const directory = await aDirectory([]);
    const outcome = await directory.call(['verify', ...of], {
      env: { GRAPH_ENDPOINT: 'https://127.0.0.1:9' },
    });
    expect(outcome.exitCode).toBe(3);
    expect(outcome.stderr).toMatch(/^https:\/\/127\.0\.0\.1:9 could not be reached: /);
    expectNoToken(outcome, aGraphToken());
  });

  test.each(['https://graph.example.com', 'http://127.0.0.1:8443', 'localhost'])(
    'is not sent to %s',
    async (endpoint) => {
      const directory = await aDirectory([]);
      const env = { GRAPH_ENDPOINT: endpoint };
      const outcome = await directory.call(['grant', ...of], { env });
      expect(outcome).toMatchObject({
        exitCode: 2,
        stderr:
          'GRAPH_ENDPOINT must be https on a loopback address, for example https://127.0.0.1:8443; ' +
          'unset it to use Microsoft Graph.\n',
      });
      expect(directory.requests).toEqual([]);
    },
  );
});

describe('the identity', () => {
  test.each([[[]], [[...of, '--client-id', clientId]]])(
    'has to be said, once: not %j',
    async (args) => {
      const directory = await aDirectory([]);
      const outcome = await directory.call(['grant', ...args]);
      expect(outcome.exitCode).toBe(2);
      expect(outcome.stderr).toMatch(/^Say whose permissions: --principal /);
      expect(directory.requests).toEqual([]);
    },
  );

  test.each([
    ['--principal', otherId, 'object'],
    ['--principal', clientId, 'object'],
    ['--client-id', identityId, 'client'],
  ])('is not found by %s %s', async (option, id, kind) => {
    const directory = await aDirectory([]);
    const outcome = await directory.call(['grant', option, id]);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain(`no service principal with the ${kind} id ${id}. Take the`);
    expect(directory.changes()).toEqual([]);
  });

  test('has to be a managed identity', async () => {
    const directory = await aDirectory(['Directory.Read.All'], {
      servicePrincipalType: 'Application',
    });
    for (const verb of ['grant', 'verify', 'revoke']) {
      const outcome = await directory.call([verb, ...of]);
      expect(outcome.exitCode).toBe(2);
      expect(outcome.stderr).toContain(`id ${identityId} is not a managed identity (Application).`);
    }
    expect(directory.changes()).toEqual([]);
  });

  test.each([
    ['--principal', 'me', 'An id looks like'],
    ['--client-id', `${identityId}/..`, 'An id looks like'],
    ['--features', 'wipe', 'It has to be one of sync, groups, exchange, apps.'],
    ['--cloud', 'moon', 'It has to be one of public, usGov, usGovDoD, china.'],
  ])('is not looked for with %s %s', async (option, value, message) => {
    const directory = await aDirectory([]);
    const outcome = await directory.call(['grant', ...of, option, value]);
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain(message);
    expect(directory.requests).toEqual([]);
  });
});

describe('an answer that Graph does not give', () => {
  /** Lets the directory answer, but for requests whose path ends so. */
  const instead = (end: string, body: unknown) => async (input: Parameters<typeof fetch>[0]) => {
    const answer = await fetch(input, { headers: { authorization: `Bearer ${aGraphToken()}` } });
    return new URL(addressOf(input)).pathname.endsWith(end) ? Response.json(body) : answer;
  };

  test('with a link to another server is not followed', async () => {
    const directory = await aDirectory(syncRoles);
    const page = { value: [], '@odata.nextLink': 'https://graph.example.com/v1.0/next' };
    const outcome = await directory.call(['verify', ...of], {
      fetch: instead('/appRoleAssignments', page),
    });
    expect(outcome).toMatchObject({
      exitCode: 3,
      stderr: 'The link to the next page leads to another server and was not followed.\n',
    });
    expect(directory.requests.some((request) => request.includes('next'))).toBe(false);
  });

  test('because the list has no end is given up', async () => {
    const directory = await aDirectory(syncRoles);
    const path = `/v1.0/servicePrincipals/${identityId}/appRoleAssignments`;
    const page = { value: [], '@odata.nextLink': `${directory.simulator.url}${path}` };
    let pages = 0;
    const outcome = await directory.call(['verify', ...of], {
      fetch: (input, init) => {
        const isPage = addressOf(input).endsWith('/appRoleAssignments');
        if (!isPage) return fetch(input, init);
        pages += 1;
        return Promise.resolve(Response.json(page));
      },
    });
    expect(outcome).toMatchObject({
      exitCode: 3,
      stderr: 'The list of assignments has more than 1000 pages.\n',
    });
    expect(pages).toBe(1_000);
  });

  test.each([
    [
      'a page of HTML',
      "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')",
      '<html>',
    ],
    ['an assignment with an odd id', '/appRoleAssignments', { value: [{ id: '../x' }] }],
    ['nothing', '/appRoleAssignments', null],
  ])('because it is %s is told', async (_, end, body) => {
    const directory = await aDirectory(syncRoles);
    const outcome = await directory.call(['verify', ...of], { fetch: instead(end, body) });
    expect(outcome.exitCode).toBe(3);
    expect(outcome.stderr).toContain('answered, but not as Microsoft Graph does');
  });

  test('because Graph lacks a role in this cloud is told, before anything is granted', async () => {
    const directory = await aDirectory([]);
    const graph = { id: otherId, appRoles: [] };
    const outcome = await directory.call(['grant', ...of], {
      fetch: instead("/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')", graph),
    });
    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toBe(
      `Microsoft Graph in this cloud does not know ${syncRoles.join(' and ')}. ` +
        'Leave out of --features what needs it.\n',
    );
    expect(directory.changes()).toEqual([]);
  });
});

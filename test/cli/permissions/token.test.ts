import { describe, expect, test } from 'vitest';
import { aDirectory, aGraphToken, syncRoles } from '../support/a-directory.ts';
import { of } from '../support/a-permission-report.ts';
import type { Outcome } from '../support/call-cli.ts';

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

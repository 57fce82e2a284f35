import { describe, expect, test } from 'vitest';
import {
  aDirectory,
  aGraphToken,
  addressOf,
  identityId,
  otherId,
  syncRoles,
} from '../support/a-directory.ts';
import { of } from '../support/a-permission-report.ts';

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

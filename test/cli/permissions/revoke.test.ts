import { describe, expect, test } from 'vitest';
import { aDirectory, syncRoles } from '../support/a-directory.ts';
import {
  actionRole,
  grantCommand,
  of,
  readRole,
  row,
  subject,
  writeRole,
} from '../support/a-permission-report.ts';
import { jsonOf } from '../support/call-cli.ts';

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

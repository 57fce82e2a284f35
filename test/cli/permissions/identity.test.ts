import { describe, expect, test } from 'vitest';
import { aDirectory, clientId, identityId, otherId } from '../support/a-directory.ts';
import { of } from '../support/a-permission-report.ts';

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

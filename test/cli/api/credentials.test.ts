import { expect, test } from 'vitest';
import { createCredentials } from '../../../src/cli/api/credentials.ts';

const minute = 60_000;

test('a key is a header', async () => {
  const credentials = createCredentials(
    { key: 'k', token: undefined, audience: undefined },
    { now: () => 0, getToken: () => Promise.reject(new Error('not asked for')) },
  );
  expect(await credentials()).toEqual({ 'x-functions-key': 'k' });
});

test('a token is asked for once, and again 5 min before it ends', async () => {
  const scopes: string[] = [];
  let time = 0;
  const credentials = createCredentials(
    { key: undefined, token: undefined, audience: 'api://fleet' },
    {
      now: () => time,
      getToken: (scope) => {
        scopes.push(scope);
        return Promise.resolve({ token: `t${scopes.length}`, expiresOnTimestamp: 60 * minute });
      },
    },
  );
  const at = async (minutes: number) => {
    time = minutes * minute;
    return (await credentials())['authorization'];
  };
  expect([await at(0), await at(54), await at(55)]).toEqual([
    'Bearer t1',
    'Bearer t1',
    'Bearer t2',
  ]);
  expect(scopes).toEqual(['api://fleet/.default', 'api://fleet/.default']);
});

test('a token that was given is sent as it is, and nobody signs in', async () => {
  const credentials = createCredentials(
    { key: undefined, token: 'a.b.c', audience: 'api://fleet' },
    { now: () => 0, getToken: () => Promise.reject(new Error('not asked for')) },
  );
  expect(await credentials()).toEqual({ authorization: 'Bearer a.b.c' });
});

test('a scope is not lengthened twice', async () => {
  let asked = '';
  const credentials = createCredentials(
    { key: 'k', token: undefined, audience: 'api://fleet/.default' },
    {
      now: () => 0,
      getToken: (scope) => {
        asked = scope;
        return Promise.resolve({ token: 't', expiresOnTimestamp: 1 });
      },
    },
  );
  expect(await credentials()).toEqual({ 'x-functions-key': 'k', authorization: 'Bearer t' });
  expect(asked).toBe('api://fleet/.default');
});

test('without a token the message says how to get one', async () => {
  const credentials = createCredentials(
    { key: undefined, token: undefined, audience: 'api://fleet' },
    { now: () => 0, getToken: () => Promise.reject(new Error('No credential.\nTried: a, b')) },
  );
  await expect(credentials()).rejects.toMatchObject({
    name: 'UnreachableError',
    message:
      'There is no Entra token for api://fleet. Sign in with az login, or use FLEET_SYNC_KEY. (No credential.)',
  });
});

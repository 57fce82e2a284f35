import { describe, expect, test } from 'vitest';
import { readTarget } from '../../../src/cli/api/target.ts';

const key = { FLEET_SYNC_KEY: 'k' };

describe('the address of the app', () => {
  test.each([
    ['https://fleet.azurewebsites.net', 'https://fleet.azurewebsites.net'],
    ['https://fleet.azurewebsites.net/', 'https://fleet.azurewebsites.net'],
    ['https://fleet.azurewebsites.net/api/', 'https://fleet.azurewebsites.net'],
    ['https://gateway.example/fleet', 'https://gateway.example/fleet'],
    ['http://localhost:7071', 'http://localhost:7071'],
    ['http://127.0.0.1:7071', 'http://127.0.0.1:7071'],
    ['http://[::1]:7071', 'http://[::1]:7071'],
  ])('%s is %s', (given, url) => {
    expect(readTarget({}, { ...key, FLEET_SYNC_URL: given })).toEqual({
      url,
      key: 'k',
      token: undefined,
      audience: undefined,
    });
  });

  test('of the option wins over the environment', () => {
    const target = readTarget({ url: 'https://b' }, { ...key, FLEET_SYNC_URL: 'https://a' });
    expect(target.url).toBe('https://b');
  });

  test.each([
    ['', 'Set FLEET_SYNC_URL (or --url)'],
    ['fleet.azurewebsites.net', 'has to be an address'],
    ['ftp://fleet', 'has to be an address'],
    ['http://fleet.azurewebsites.net', 'http is for localhost only'],
    ['http://localhost.example', 'http is for localhost only'],
    ['https://user:secret@fleet', 'put the key into FLEET_SYNC_KEY'],
    ['https://fleet/api/runs?code=secret', 'put the key into FLEET_SYNC_KEY'],
  ])('%j is refused', (given, message) => {
    const read = () => readTarget({}, { ...key, FLEET_SYNC_URL: given });
    expect(read).toThrow(message);
    expect(read).not.toThrow('secret');
  });
});

describe('who is asking', () => {
  const FLEET_SYNC_URL = 'https://fleet';

  test('is said by a key, a token, an audience, or several of them', () => {
    const read = (env: object, options = {}) => {
      const { key, token, audience } = readTarget(options, { FLEET_SYNC_URL, ...env });
      return { key, token, audience };
    };
    expect([
      read({ FLEET_SYNC_KEY: ' k\n' }),
      read({ FLEET_SYNC_AUDIENCE: 'api://fleet' }),
      read({ FLEET_SYNC_KEY: 'k' }, { audience: 'api://other' }),
      read({ FLEET_SYNC_TOKEN: 'a.b.c\n' }),
    ]).toEqual([
      { key: 'k', token: undefined, audience: undefined },
      { key: undefined, token: undefined, audience: 'api://fleet' },
      { key: 'k', token: undefined, audience: 'api://other' },
      { key: undefined, token: 'a.b.c', audience: undefined },
    ]);
  });

  test('has to be said', () => {
    expect(() => readTarget({}, { FLEET_SYNC_URL })).toThrow(
      'Set FLEET_SYNC_KEY to a function key of the app, or FLEET_SYNC_AUDIENCE (--audience)',
    );
  });

  test.each(['FLEET_SYNC_KEY', 'FLEET_SYNC_TOKEN'])(
    'is not said by a %s that no header can carry, and the message keeps it secret',
    (name) => {
      const read = () => readTarget({}, { FLEET_SYNC_URL, [name]: 'sec\nret' });
      expect(read).toThrow(`${name} has characters that no key or token has`);
      expect(read).not.toThrow('ret');
    },
  );
});

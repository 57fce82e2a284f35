import { HttpRequest } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { credentialsOf } from '../../../src/functions/http/credentials.ts';
import { principalHeader, someClaims, tokenClaims } from '../../support/callers.ts';

const principal = principalHeader(Object.entries(tokenClaims));

function credentials(headers: Record<string, string>, trustsPlatform = false, query = {}) {
  const request = new HttpRequest({ method: 'GET', url: 'http://localhost/api', headers, query });
  return credentialsOf(request, { trustsPlatform });
}

describe('a request proves who is calling', () => {
  it.each(['Bearer a.b.c', 'bearer a.b.c', 'Bearer   a.b.c '])(
    'by a token: %j',
    (authorization) => {
      expect(credentials({ authorization })).toEqual({ kind: 'token', token: 'a.b.c' });
    },
  );

  it('by what the platform has verified', () => {
    const headers = { 'x-ms-client-principal': principal };
    expect(credentials(headers, true)).toEqual({ kind: 'principal', claims: someClaims() });
  });

  it('by a key in the header, which goes before one in the query', () => {
    expect(credentials({ 'x-functions-key': 'a' }, false, { code: 'b' })).toEqual({
      kind: 'key',
      key: 'a',
    });
    expect(credentials({}, false, { code: 'b' })).toEqual({ kind: 'key', key: 'b' });
  });

  it('by a token before anything else', () => {
    const headers = {
      authorization: 'Bearer a.b.c',
      'x-ms-client-principal': principal,
      'x-functions-key': 'a',
    };
    expect(credentials(headers, true)).toEqual({ kind: 'token', token: 'a.b.c' });
  });
});

describe('a request proves nothing', () => {
  it('with nothing', () => {
    expect(credentials({})).toEqual({ kind: 'none' });
  });

  it('by a principal that the platform has not verified', () => {
    expect(credentials({ 'x-ms-client-principal': principal })).toEqual({ kind: 'none' });
  });

  it.each([
    'Basic a2V5',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer a,Bearer b',
    'Bearer é',
    `Bearer ${'x'.repeat(16_385)}`,
    'a.b.c',
  ])('by %j, and a good key beside it does not make up for that', (authorization) => {
    expect(credentials({ authorization, 'x-functions-key': 'a' })).toEqual({ kind: 'none' });
  });

  it('by a principal that cannot be read, and a good key beside it does not make up for that', () => {
    const headers = { 'x-ms-client-principal': 'e30=', 'x-functions-key': 'a' };
    expect(credentials(headers, true)).toEqual({ kind: 'none' });
  });
});

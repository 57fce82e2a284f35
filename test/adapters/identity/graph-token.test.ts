import { ManagedIdentityCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type IdentityEndpoint,
  localClientId,
  startIdentityEndpoint,
} from '../../../dev/identity-endpoint/index.ts';
import { GraphToken, rolesOf } from '../../../src/adapters/identity/graph-token.ts';

const resource = 'https://graph.microsoft.com';

// One for the file: MSAL finds out once per process where the identity endpoint is.
let endpoint: IdentityEndpoint;
beforeAll(async () => {
  endpoint = await startIdentityEndpoint({ roles: ['A.Read.All'] });
  for (const [name, value] of Object.entries(endpoint.environment)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await endpoint.close();
});

/** The token of the real credential; with a client id, that of a user-assigned identity. */
function aGraphToken(clientId?: string): GraphToken {
  const identity = clientId === undefined ? {} : { clientId };
  return new GraphToken({
    credential: new ManagedIdentityCredential(identity),
    resource,
    ...identity,
  });
}

/** MSAL keeps tokens for the process: each test takes an identity that no other test has. */
let identities = 0;
const anIdentity = () => `44444444-4444-4444-8444-${String(++identities).padStart(12, '0')}`;

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;

describe('the token for Graph', () => {
  it('is that of the system-assigned identity unless another one is named', async () => {
    expect(claimsOf(await aGraphToken().getAccessToken())).toMatchObject({
      aud: resource,
      appid: localClientId,
    });
  });

  it('is that of the identity that is named', async () => {
    const clientId = anIdentity();
    const token = await aGraphToken(clientId).getAccessToken();
    expect(claimsOf(token)).toMatchObject({ aud: resource, appid: clientId });
  });

  it('is kept, and not asked for again with every call', async () => {
    const before = endpoint.requests(resource);
    const token = aGraphToken(anIdentity());
    expect(await token.getAccessToken()).toBe(await token.getAccessToken());
    expect(endpoint.requests(resource) - before).toBe(1);
  });

  it('is another one once it was renewed, with the roles that were granted meanwhile', async () => {
    const token = aGraphToken(anIdentity());
    const before = await token.getAccessToken();
    expect(await token.roles()).toEqual(['A.Read.All']);
    endpoint.setRoles(['A.Read.All', 'B.Write.All']);
    await token.renew();
    expect(await token.getAccessToken()).not.toBe(before);
    expect(await token.roles()).toEqual(['A.Read.All', 'B.Write.All']);
  });

  it('is missing where there is no identity', async () => {
    const token = new GraphToken({
      credential: { getToken: () => Promise.resolve(null) },
      resource,
    });
    await expect(token.getAccessToken()).rejects.toThrow('issued no token for Microsoft Graph');
  });
});

describe('rolesOf', () => {
  const tokenWith = (claims: unknown) =>
    `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;

  it.each([
    [{ roles: ['A', 'B'] }, ['A', 'B']],
    [{ roles: ['A', 5, null] }, ['A']],
    [{ roles: 'A' }, []],
    [{}, []],
    [null, []],
    [[], []],
  ])('of a token with the claims %j are %j', (claims, roles) => {
    expect(rolesOf(tokenWith(claims))).toEqual(roles);
  });

  it.each(['', 'x', 'a.b.c', '..', 'x.%%%.y'])('of the unreadable token %j are none', (token) => {
    expect(rolesOf(token)).toEqual([]);
  });
});

import { ManagedIdentityCredential } from '@azure/identity';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  defaultRoles,
  localClientId,
  startIdentityEndpoint,
  type IdentityEndpointOptions,
} from '../../../dev/identity-endpoint/index.ts';

/** 2026-01-01T00:00:00Z, in seconds. */
const newYear = 1_767_225_600;

async function anEndpoint(options: IdentityEndpointOptions = {}) {
  const endpoint = await startIdentityEndpoint(options);
  onTestFinished(() => endpoint.close());
  return endpoint;
}

async function request(
  endpoint: Awaited<ReturnType<typeof anEndpoint>>,
  query: string,
  init: RequestInit = {},
) {
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = endpoint.environment;
  const headers = { 'X-IDENTITY-HEADER': IDENTITY_HEADER };
  const response = await fetch(`${IDENTITY_ENDPOINT}${query}`, { headers, ...init });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function claimsOf(token: string): Record<string, unknown> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return JSON.parse(payload) as Record<string, unknown>;
}

const graphQuery = '?api-version=2019-08-01&resource=https://graph.microsoft.com';

// One test, since the library keeps the first endpoint it sees for as long as the process lives.
test('ManagedIdentityCredential gets tokens, for itself and for a user-assigned identity', async () => {
  const endpoint = await anEndpoint();
  vi.stubEnv('IDENTITY_ENDPOINT', endpoint.environment.IDENTITY_ENDPOINT);
  vi.stubEnv('IDENTITY_HEADER', endpoint.environment.IDENTITY_HEADER);
  onTestFinished(() => void vi.unstubAllEnvs());

  const clientId = '44444444-4444-4444-8444-444444444444';
  const own = new ManagedIdentityCredential();
  const assigned = new ManagedIdentityCredential({ clientId });
  const forGraph = await own.getToken('https://graph.microsoft.com/.default');
  const forStorage = await assigned.getToken('https://storage.azure.com/.default');

  expect(claimsOf(forGraph.token)).toMatchObject({
    aud: 'https://graph.microsoft.com',
    appid: localClientId,
    roles: defaultRoles,
  });
  expect(claimsOf(forStorage.token)).toMatchObject({
    aud: 'https://storage.azure.com',
    appid: clientId,
  });
  expect(claimsOf(forStorage.token)).not.toHaveProperty('roles');
  expect(endpoint.requests('https://graph.microsoft.com')).toBe(1);
});

test('an answer has the form that App Service gives it', async () => {
  const endpoint = await anEndpoint({ now: () => newYear * 1000, lifetimeSeconds: 600 });

  const { status, body } = await request(endpoint, graphQuery);

  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.$/) as unknown,
    expires_on: String(newYear + 600),
    resource: 'https://graph.microsoft.com',
    token_type: 'Bearer',
    client_id: localClientId,
  });
  expect(claimsOf(String(body['access_token']))).toMatchObject({
    iss: 'https://sts.windows.net/11111111-1111-4111-8111-111111111111/',
    iat: newYear,
    nbf: newYear,
    exp: newYear + 600,
    tid: '11111111-1111-4111-8111-111111111111',
    oid: '33333333-3333-4333-8333-333333333333',
  });
});

test('changed roles are in the tokens from then on', async () => {
  const endpoint = await anEndpoint({ roles: ['A'] });
  const before = await request(endpoint, graphQuery);
  endpoint.setRoles([]);
  const after = await request(endpoint, graphQuery);

  expect(claimsOf(String(before.body['access_token']))['roles']).toEqual(['A']);
  expect(claimsOf(String(after.body['access_token']))['roles']).toEqual([]);
});

test.each([
  ['a wrong header', graphQuery, { headers: { 'X-IDENTITY-HEADER': 'no' } }, 401],
  ['no header', graphQuery, { headers: {} }, 401],
  ['no api-version', '?resource=https://graph.microsoft.com', {}, 400],
  ['an old api-version', '?api-version=2017-09-01&resource=https://graph.microsoft.com', {}, 400],
  ['no resource', '?api-version=2019-08-01', {}, 400],
  ['a resource that is no https URL', '?api-version=2019-08-01&resource=graph', {}, 400],
  ['another path', `/x${graphQuery}`, {}, 404],
])('%s is refused, and not counted', async (_, query, init, expected) => {
  const endpoint = await anEndpoint();

  const { status, body } = await request(endpoint, query, init);

  expect(status).toBe(expected);
  expect(body).toEqual({
    statusCode: expected,
    message: expect.stringMatching(/\.$/) as unknown,
    correlationId: expect.any(String) as unknown,
  });
  expect(endpoint.requests()).toBe(0);
});

test('a POST is refused', async () => {
  const endpoint = await anEndpoint();
  const headers = { 'X-IDENTITY-HEADER': endpoint.environment.IDENTITY_HEADER };
  const { status } = await request(endpoint, graphQuery, { method: 'POST', headers });
  expect(status).toBe(405);
});

test('requests are counted by resource', async () => {
  const endpoint = await anEndpoint();
  await request(endpoint, graphQuery);
  await request(endpoint, '?api-version=2019-08-01&resource=https://monitor.azure.com');
  await request(endpoint, '?api-version=2019-08-01&resource=https://monitor.azure.com');

  expect(endpoint.requests('https://monitor.azure.com')).toBe(2);
  expect(endpoint.requests('https://storage.azure.com')).toBe(0);
  expect(endpoint.requests()).toBe(3);
});

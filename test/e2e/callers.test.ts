import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TokenSubject } from '../../dev/identity-endpoint/index.ts';
import { principalHeader } from '../support/callers.ts';
import { type LocalApp, type RunDocument, startLocalApp } from '../support/local-app.ts';

const appId = '66666666-6666-4666-8666-666666666666';
const userId = '77777777-7777-4777-8777-777777777777';
const aRun = '/api/runs/8204751216926-8d117533';

let app: LocalApp;

beforeAll(async () => {
  app = await startLocalApp({
    graph: { fleet: { devices: 3 } },
    asksForTokens: true,
    settings: { AUTH_ALLOW_KEYS: 'true', WEBSITE_AUTH_ENABLED: 'True' },
  });
});
afterAll(() => app.close());

/** A request with the headers given and no others. */
function send(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${app.host.url}${path}`, init);
}

/** Starts a run that is over when its plan is made, and waits for it. */
async function startWith(headers: Record<string, string>): Promise<RunDocument> {
  const response = await send('/api/runs', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ dryRun: true }),
  });
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as RunDocument;
  return app.untilRun(id);
}

async function bearer(subject: TokenSubject): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await app.environment.issuer.issueToken(subject)}` };
}

it.each([
  ['an application', { appId, roles: ['FleetSync.Run'] }, `app:${appId}`],
  ['a user', { appId, userId, roles: ['FleetSync.Run', 'FleetSync.Read'] }, `user:${userId}`],
])('a run names %s that started it by its id', async (_, subject, requestedBy) => {
  expect(await startWith(await bearer(subject))).toMatchObject({ requestedBy, trigger: 'http' });
});

it('a key alone is enough where that is set, and the run says so', async () => {
  const run = await startWith({ 'x-functions-key': app.host.functionKey });
  expect(run).toMatchObject({ requestedBy: 'functionKey' });
});

it('a run names the user whom App Service Authentication has verified', async () => {
  const { AUTH_ISSUER, AUTH_AUDIENCE, AUTH_TENANT_ID } = app.environment.issuer.settings;
  const header = principalHeader([
    ['iss', AUTH_ISSUER],
    ['aud', AUTH_AUDIENCE],
    ['tid', AUTH_TENANT_ID],
    ['oid', userId],
    ['roles', 'FleetSync.Run'],
    ['roles', 'FleetSync.Read'],
  ]);
  const run = await startWith({ 'x-ms-client-principal': header });
  expect(run).toMatchObject({ requestedBy: `user:${userId}` });
});

it('keys open by header and by query, and only when the host knows them', async () => {
  const { functionKey } = app.host;
  const statuses = await Promise.all([
    send(aRun, { headers: { 'x-functions-key': functionKey } }),
    send(`${aRun}?code=${functionKey}`),
    send(aRun, { headers: { 'x-functions-key': 'wrong' } }),
    send(`${aRun}?code=${functionKey}`, { headers: { authorization: 'Bearer of.no.token' } }),
    send('/api/key'),
    send('/api/health'),
  ]).then((responses) => responses.map(({ status }) => status));

  expect(statuses).toEqual([404, 404, 401, 401, 401, 200]);
});

it('a token goes on opening while its issuer is down', async () => {
  const { issuer } = app.environment;
  const headers = await bearer({ appId, roles: ['FleetSync.Read'] });
  const status = async () => (await send(aRun, { headers })).status;
  expect(await status()).toBe(404);
  issuer.setDown(true);
  expect(await status()).toBe(404);
  issuer.setDown(false);
});

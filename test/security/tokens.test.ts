import { createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SigningKey, createSigningKey } from '../../dev/identity-endpoint/signing-keys.ts';
import { operations } from '../../src/functions/http/openapi-operations.ts';
import { type LocalApp, startLocalApp } from '../support/local-app.ts';
import { principalHeader } from '../support/callers.ts';
import { claimsOf, headerOf, signedWithText, tampered, unsigned } from './support/forge-token.ts';
import { type Listener, startListener } from './support/listener.ts';
import { type RawRequest, sendRaw } from './support/raw-request.ts';

const appId = '66666666-6666-4666-8666-666666666666';
const otherId = '99999999-9999-4999-8999-999999999999';
const roles = ['FleetSync.Read', 'FleetSync.Run', 'FleetSync.Alert'];

let app: LocalApp;
/** Where an attacker would like the app to fetch keys from. */
let attacker: Listener;
let stranger: SigningKey;
/** A token with every role: whatever is made of it fails for what was done to it alone. */
let good: string;
/** A token for reading only. */
let reader: string;

beforeAll(async () => {
  app = await startLocalApp({ graph: { fleet: { devices: 3 } }, asksForTokens: true });
  stranger = await createSigningKey();
  attacker = await startListener();
  good = await issue({});
  reader = await app.environment.issuer.issueToken({ appId, roles: ['FleetSync.Read'] });
});
afterAll(async () => {
  await Promise.all([attacker.close(), app.close()]);
});

function issue(changes: Record<string, unknown>, header: Record<string, unknown> = {}) {
  return app.environment.issuer.issueToken({ appId, roles }, changes, header);
}

function send(raw: RawRequest) {
  return sendRaw(app.host.url, raw);
}

/** Tries to start a run with headers of the attacker's choice. */
async function startStatus(headers: Record<string, string | string[]>): Promise<number> {
  return (await send({ method: 'POST', path: '/api/runs', headers })).status;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

/** What the app must not have done, whatever was tried. */
async function expectNothingStarted(): Promise<void> {
  const answer = await send({ path: '/api/runs', headers: bearer(reader) });
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 200,
    body: '{"value":[]}',
  });
  expect(app.environment.graph.statistics().requests).toBe(0);
}

/** A token, and what was done to it. */
type Attack = readonly [what: string, token: () => string | Promise<string>];

const claims: Attack[] = [
  ['has expired', () => issue({ exp: seconds(-61) })],
  ['has expired long ago', () => issue({ exp: 1 })],
  ['never expires', () => issue({ exp: undefined })],
  ['expires at a time in words', () => issue({ exp: 'never' })],
  ['is not valid yet', () => issue({ nbf: seconds(120) })],
  ['does not say since when it is valid', () => issue({ nbf: undefined })],
  ['is for another app', () => issue({ aud: otherId })],
  ['is for Microsoft Graph', () => issue({ aud: 'https://graph.microsoft.com' })],
  ['is for several apps', () => issue({ aud: [otherId, claimsOf(good)['aud']] })],
  ['is for nobody', () => issue({ aud: undefined })],
  ['is from another tenant', () => issue({ tid: otherId })],
  ['is from no tenant', () => issue({ tid: undefined })],
  [
    'is from another issuer',
    () => issue({ iss: `https://login.microsoftonline.com/${otherId}/v2.0` }),
  ],
  [
    'is from an issuer that looks the same',
    () => issue({ iss: `${String(claimsOf(good)['iss'])}/` }),
  ],
  ['is from no issuer', () => issue({ iss: undefined })],
  ['says who signed in, and gives no access', () => issue({ azp: undefined })],
  ['is about nobody', () => issue({ oid: undefined })],
  ['has its roles in one text', () => issue({ roles: roles.join(' ') })],
];

const signatures: Attack[] = [
  ['is unsigned', () => unsigned({ alg: 'none' }, claimsOf(good))],
  ['is unsigned, in capitals', () => unsigned({ alg: 'NONE' }, claimsOf(good))],
  ['is unsigned and says otherwise', () => unsigned(headerOf(good), claimsOf(good))],
  ['lost its signature', () => good.slice(0, good.lastIndexOf('.') + 1)],
  ['has the signature of another token', () => good.replace(/[^.]+$/, reader.split('.')[2] ?? '')],
  ['was given a role', () => tampered(reader, { roles })],
  ['was made to last', () => tampered(good, { exp: seconds(1e6) })],
  [
    'says it was signed with another algorithm',
    () => good.replace(/^[^.]+/, encoded({ alg: 'RS512' })),
  ],
  ['is signed by a stranger', () => stranger.sign(claimsOf(good))],
  ['is signed by a stranger with the id of the key', () => stranger.sign(claimsOf(good), kid())],
  ['is encrypted', () => `${encoded({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`],
  ['is not encoded', () => `${encoded({ alg: 'none', ...kid() })}.e30.e30`],
];

const headers: Attack[] = [
  ['an unknown key id', () => stranger.sign(claimsOf(good), { kid: 'unknown' })],
  ['no key id', () => issue({}, { kid: undefined })],
  ['a key id that is a path', () => issue({}, { kid: '../../../../dev/null' })],
  ['a key id that is a query', () => issue({}, { kid: "' or 1 eq 1 --" })],
  ['a key id that is a command', () => issue({}, { kid: '$(id)|id' })],
  ['a key id that is an address', () => issue({}, { kid: `${attacker.url}/keys` })],
  ['a key id that is an object', () => issue({}, { kid: { $ne: '' } })],
  ['a key id of the prototype', () => issue({}, { kid: '__proto__' })],
  ['a key of its own', () => stranger.sign(claimsOf(good), { jwk: stranger.publicKey })],
  [
    'a key of its own under the known id',
    () => stranger.sign(claimsOf(good), { ...kid(), jwk: { ...stranger.publicKey, ...kid() } }),
  ],
  ['an address of keys', () => stranger.sign(claimsOf(good), { jku: `${attacker.url}/keys` })],
  [
    'an address of keys under the known id',
    () => stranger.sign(claimsOf(good), { ...kid(), jku: `${attacker.url}/keys` }),
  ],
  [
    'an address of a certificate',
    () => stranger.sign(claimsOf(good), { x5u: `${attacker.url}/c` }),
  ],
  ['a certificate', () => stranger.sign(claimsOf(good), { x5c: ['MIIB'], x5t: 'AAAA' })],
  [
    'what nobody understands',
    () => good.replace(/^[^.]+/, encoded({ ...headerOf(good), crit: ['own'], own: 1 })),
  ],
];

/** The id of the key that signs. */
function kid(): { kid: unknown } {
  return { kid: headerOf(good)['kid'] };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

describe('a token that', () => {
  it.each([...claims, ...signatures])('%s opens nothing', async (_, token) => {
    expect(await startStatus(bearer(await token()))).toBe(401);
    await expectNothingStarted();
  });
});

describe('a token whose header brings', () => {
  it.each(headers)('%s opens nothing, and nobody is asked', async (_, token) => {
    expect(await startStatus(bearer(await token()))).toBe(401);
    expect(attacker.connections()).toBe(0);
    await expectNothingStarted();
  });
});

describe('the public key', () => {
  it.each<[string, (key: JWK) => string]>([
    [
      'its PEM',
      (key) =>
        createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString(),
    ],
    ['its JWK', (key) => JSON.stringify(key)],
    ['its modulus', (key) => key.n ?? ''],
    ['nothing of it', () => ''],
  ])('is no secret: a token signed with %s opens nothing', async (_, textOf) => {
    const { publicKey } = await app.environment.issuer.signingKey();
    const token = signedWithText(textOf(publicKey), kid(), claimsOf(good));
    expect(await startStatus(bearer(token))).toBe(401);
    await expectNothingStarted();
  });
});

describe('instead of a token', () => {
  const principal = () =>
    principalHeader(
      Object.entries(claimsOf(good)).flatMap(([typ, value]) =>
        [value].flat().map((val) => [typ, String(val)] as const),
      ),
    );

  it.each<[string, () => Record<string, string | string[]>]>([
    ['nothing', () => ({})],
    ['an empty one', () => ({ authorization: 'Bearer ' })],
    ['a password', () => ({ authorization: `Basic ${btoa('admin:admin')}` })],
    ['a token of another scheme', () => ({ authorization: `Negotiate ${good}` })],
    ['a token without a scheme', () => ({ authorization: good })],
    ['a list of tokens', () => ({ authorization: `Bearer ${reader}, Bearer ${good}` })],
    ['text', () => ({ authorization: 'Bearer let-me-in' })],
    ['a very long text', () => ({ authorization: `Bearer ${'x'.repeat(15_000)}` })],
    ['a token in a cookie', () => ({ cookie: `AppServiceAuthSession=${good}; token=${good}` })],
    ['a token in a header of a proxy', () => ({ 'x-forwarded-authorization': `Bearer ${good}` })],
    ['a forged principal', () => ({ 'x-ms-client-principal': principal() })],
    [
      'a forged principal with all that belongs to it',
      () => ({
        'x-ms-client-principal': principal(),
        'x-ms-client-principal-id': appId,
        'x-ms-client-principal-idp': 'aad',
        'x-ms-token-aad-access-token': good,
      }),
    ],
    ['a key', () => ({ 'x-functions-key': app.host.functionKey })],
    [
      'a key and a forged principal',
      () => ({ 'x-functions-key': app.host.functionKey, 'x-ms-client-principal': principal() }),
    ],
    [
      'a key and a tampered token',
      () => ({ 'x-functions-key': app.host.functionKey, ...bearer(tampered(good, { exp: 1 })) }),
    ],
  ])('%s opens nothing', async (_, credentials) => {
    const answer = await send({ method: 'POST', path: '/api/runs', headers: credentials() });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="fleet-sync"');
    await expectNothingStarted();
  });

  it.each(['code', 'access_token', 'token', 'authorization'])(
    'a secret as the parameter %s opens nothing',
    async (name) => {
      for (const secret of [app.host.functionKey, good]) {
        const path = `/api/runs?${name}=${encodeURIComponent(secret)}`;
        expect((await send({ method: 'POST', path })).status).toBe(401);
      }
      await expectNothingStarted();
    },
  );

  it('a forged principal adds nothing to the roles of a token', async () => {
    const credentials = { ...bearer(reader), 'x-ms-client-principal': principal() };
    expect(await startStatus(credentials)).toBe(403);
    await expectNothingStarted();
  });
});

/** Every route that needs a role, with that role. */
const guardedRoutes = operations
  .filter(({ isOpen }) => isOpen !== true)
  .map(({ method, path }) => {
    const postRole = path === '/alerts' ? 'FleetSync.Alert' : 'FleetSync.Run';
    const role = method === 'get' ? 'FleetSync.Read' : postRole;
    return [method.toUpperCase(), path.replace('{id}', '8204751216926-8d117533'), role] as const;
  });

describe.each(guardedRoutes)('%s %s', (method, path, role) => {
  const others = [...roles.filter((other) => other !== role), 'ActionGroupsSecureWebhook'];

  it.each([[[]], [others], ...others.map((other) => [[other]]), [[role.toLowerCase()]]])(
    'is closed to a token with the roles %j',
    async (held) => {
      const token = await app.environment.issuer.issueToken({ appId, roles: held });
      const answer = await send({ method, path: `/api${path}`, headers: bearer(token) });
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body)).toMatchObject({ status: 403, title: 'Not allowed' });
      await expectNothingStarted();
    },
  );

  it('is closed without a token, whatever id it names, and says the same each time', async () => {
    const paths = [path, path.replace(/8204751216926-8d117533/, 'no-run-id')];
    const answers = await Promise.all(paths.map((one) => send({ method, path: `/api${one}` })));
    for (const { status, body } of answers) expect([status, body]).toEqual([401, answers[0]?.body]);
  });
});

describe('POST /alerts', () => {
  const azureMonitor = '461e8683-5575-4561-ac7f-899cc907d62a';
  const alert = {
    schemaId: 'azureMonitorCommonAlertSchema',
    data: { essentials: { alertId: 'a', alertRule: 'unknown', monitorCondition: 'Fired' } },
  };
  const post = (token: string) =>
    send({
      method: 'POST',
      path: '/api/alerts',
      body: JSON.stringify(alert),
      headers: { ...bearer(token), 'content-type': 'application/json' },
    });

  it('is closed to an application that has the role and is not Azure Monitor', async () => {
    expect((await post(good)).status).toBe(403);
    await expectNothingStarted();
  });

  it.each(['FleetSync.Alert', 'ActionGroupsSecureWebhook'])(
    'is open to Azure Monitor with the role %s',
    async (role) => {
      const { issuer } = app.environment;
      const answer = await post(await issuer.issueToken({ appId: azureMonitor, roles: [role] }));
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toMatchObject({ result: 'ignored' });
      await expectNothingStarted();
    },
  );
});

describe('afterwards', () => {
  it('the log names no secret', () => {
    const log = app.log.join('\n');
    for (const secret of [good, reader, app.host.functionKey, good.split('.')[2] ?? '']) {
      expect(log).not.toContain(secret);
    }
  });

  it('the app works for whom it is there for', async () => {
    const body = JSON.stringify({ dryRun: true });
    const type = { 'content-type': 'application/json' };
    const request = {
      method: 'POST',
      path: '/api/runs',
      body,
      headers: { ...type, ...bearer(good) },
    };
    expect((await send(request)).status).toBe(202);
  });
});

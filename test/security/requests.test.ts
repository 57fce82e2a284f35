import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalApp, startLocalApp } from '../support/local-app.ts';
import { type RawRequest, sendRaw, sendText } from './support/raw-request.ts';

const appId = '66666666-6666-4666-8666-666666666666';
const megabyte = 1024 * 1024;

let app: LocalApp;
/** A caller who may do everything there is to do about runs: what is refused is the request. */
let authorization: string;

beforeAll(async () => {
  app = await startLocalApp({ graph: { fleet: { devices: 3 } }, asksForTokens: true });
  const roles = ['FleetSync.Read', 'FleetSync.Run'];
  authorization = `Bearer ${await app.environment.issuer.issueToken({ appId, roles })}`;
});
afterAll(() => app.close());

function send({ headers = {}, ...raw }: RawRequest) {
  return sendRaw(app.host.url, { ...raw, headers: { authorization, ...headers } });
}

const post = (body: NonNullable<RawRequest['body']>, headers: Record<string, string> = {}) =>
  send({
    method: 'POST',
    path: '/api/runs',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });

/** What the app must not have done, whatever was tried. */
async function expectNothingStarted(): Promise<void> {
  const { status, body } = await send({ path: '/api/runs' });
  expect({ status, body }).toEqual({ status: 200, body: '{"value":[]}' });
  expect(app.environment.graph.statistics().requests).toBe(0);
}

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const large = `{"reason":"${'x'.repeat(2 * megabyte)}"}`;

describe('a body', () => {
  it.each<[string, RawRequest['body'], number]>([
    ['of 2 MB', large, 413],
    ['of 40 MB', `"${'x'.repeat(40 * megabyte)}"`, 413],
    [
      'of 2 MB that does not say how long it is',
      [large.slice(0, megabyte), large.slice(megabyte)],
      413,
    ],
    ['of spaces', ' '.repeat(megabyte + 1), 413],
    ['nested 100,000 levels deep', nested(100_000), 400],
    ['nested 33 levels deep in a field', `{"scope":${nested(33)}}`, 400],
    ['of 200,000 values', `{"scope":{"deviceIds":[${'0,'.repeat(200_000)}0]}}`, 400],
    ['with a name twice', '{"dryRun":true,"dryRun":false}', 400],
    ['with a name twice, once in disguise', '{"dryRun":true,"dry\\u0052un":false}', 400],
    [
      'with a name twice in the scope',
      '{"scope":{"platforms":["iOS"],"platforms":["windows"]}}',
      400,
    ],
    ['with a prototype', '{"__proto__":{"dryRun":false}}', 400],
    ['with a prototype in the scope', '{"scope":{"__proto__":{"platforms":["iOS"]}}}', 400],
    ['with a constructor', '{"constructor":{"prototype":{"isAdmin":true}}}', 400],
    ['with a method of objects', '{"toString":"x","hasOwnProperty":1}', 400],
    ['with another action', '{"action":"wipe"}', 400],
    ['with an action of the prototype', '{"action":"constructor"}', 400],
    ['with an endpoint', '{"endpoint":"https://graph.microsoft.com/beta/wipe"}', 400],
    ['with another trigger', '{"trigger":"schedule"}', 400],
    ['with another caller', '{"requestedBy":"user:admin"}', 400],
    ['with a limit beyond all numbers', '{"maxDevices":1e999}', 400],
    ['with a limit below zero', '{"maxDevices":-1}', 400],
    ['with a filter for storage', '{"fromPlan":"x\' or PartitionKey ne \'"}', 400],
    ['with a path for Graph', '{"scope":{"deviceIds":["../../users"]}}', 400],
    ['with a path for Graph as a group', '{"scope":{"groupIds":["x/$ref"]}}', 400],
    ['with a pattern that takes for ever', '{"scope":{"deviceNames":[{"$regex":"(a+)+$"}]}}', 400],
    ['with a name that is too long', `{"scope":{"deviceNames":["${'*a'.repeat(200)}"]}}`, 400],
    ['of null', 'null', 400],
    ['of a list', '[{}]', 400],
    ['of a text', '"runs"', 400],
    ['that ends early', '{"reason":"x', 400],
    ['that ends late', '{}{}', 400],
    ['with comments', '{/* dryRun */}', 400],
    ['that is not UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400],
    ['in UTF-16', Buffer.from('{}', 'utf16le'), 400],
    ['of zeros', new Uint8Array(100), 400],
  ])('%s is refused', async (_, body, status) => {
    const answer = await post(body ?? '');
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    await expectNothingStarted();
  });
});

describe('a body of the type', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json; charset=utf-7',
    'application/json, application/json',
    'application/jsonp',
    '*/*',
    '',
  ])('%j is refused', async (type) => {
    expect((await post('{}', { 'content-type': type })).status).toBe(415);
    await expectNothingStarted();
  });

  it.each(['gzip', 'br', 'deflate', 'identity, gzip'])(
    'that is coded as %j is refused',
    async (coding) => {
      const answer = await post('{}', { 'content-encoding': coding });
      expect(answer.status).toBe(415);
      await expectNothingStarted();
    },
  );

  it('of JSON that was compressed in secret is refused', async () => {
    expect((await post(gzipSync('{}'))).status).toBe(400);
    await expectNothingStarted();
  });
});

describe('a header', () => {
  it.each(['x'.repeat(256), 'two words', 'naïve', 'a\tb'])(
    'with the idempotency key %j is refused',
    async (key) => {
      const answer = await post('', { 'idempotency-key': key });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ errors: [{ path: 'Idempotency-Key' }] });
      await expectNothingStarted();
    },
  );
});

describe('a method', () => {
  it.each(['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'])(
    '%s is not there',
    async (method) => {
      for (const path of ['/api/runs', '/api/runs/8204751216926-8d117533/cancel']) {
        const answer = await send({ method, path });
        expect(answer.status).toBe(404);
        expect(answer.body).toBe('');
      }
      await expectNothingStarted();
    },
  );

  it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    'is not changed by %s',
    async (name) => {
      const answer = await send({ path: '/api/runs', headers: { [name]: 'POST' } });
      expect([answer.status, answer.body]).toEqual([200, '{"value":[]}']);
      await expectNothingStarted();
    },
  );

  it.each(['_method=POST', 'method=POST', 'X-HTTP-Method-Override=POST'])(
    'is not changed by the query %s',
    async (query) => {
      expect((await send({ path: `/api/runs?${query}` })).status).toBe(400);
      await expectNothingStarted();
    },
  );
});

const runId = '8204751216926-8d117533';

describe('a run id', () => {
  it.each([
    '..%2f..%2fadmin',
    '%2e%2e%2f%2e%2e%2fadmin',
    '%252e%252e%252fadmin',
    '..%5c..%5cadmin',
    '%00',
    `${runId}%00`,
    `${runId}%0d%0aSet-Cookie:%20session=1`,
    `${runId}%0a`,
    `${runId}%20`,
    `${runId};admin=true`,
    `${runId}%3fcode=1`,
    `${runId}%23`,
    `${runId}.json`,
    "'%20or%20RowKey%20ne%20'",
    '%27%29%20or%20true',
    '${7*7}',
    '%E0%80%AF',
    '%c0%ae%c0%ae%2f',
    '%',
    '%zz',
    '*',
    '__proto__',
    'constructor',
    '０'.repeat(3),
    '9'.repeat(4_000),
  ])('of %j is one that no run has', async (id) => {
    const path = `/api/runs/${encodeURI(id).replaceAll('%25', '%')}`;
    for (const raw of [
      { path },
      { path: `${path}/devices` },
      { method: 'POST', path: `${path}/cancel` },
    ]) {
      const answer = await send(raw);
      expect(answer.status).toBe(404);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    await expectNothingStarted();
  });
});

describe('a path', () => {
  const noToken = (path: string, method = 'GET') => sendRaw(app.host.url, { method, path });

  it.each([
    '/api/runs',
    '/API/Runs',
    '/api/%72uns',
    '/api/runs/',
    '/api/runs?x',
    '/api/openapi.json',
    `/api/runs/${runId}`,
  ])('written as %j is no way around the token', async (path) => {
    expect((await noToken(path)).status).toBe(401);
  });

  it.each(['/api/runs', '/API/RUNS', '/api/runs/', '/api/%72uns', '/api/runs?x'])(
    'written as %j is no way around the token of who starts',
    async (path) => {
      expect((await noToken(path, 'POST')).status).toBe(401);
      await expectNothingStarted();
    },
  );

  it.each([
    '//api/runs',
    '/api/runs;x=1',
    '/api/runs%2f',
    '/api//runs',
    '/api/health/../runs',
    '/api/health/%2e%2e/runs',
    '/api/./runs',
    '/api/health%2f..%2fruns',
    '/api/key',
    '/admin/host/keys',
    '/admin/host/systemkeys/_master',
    '/runtime/webhooks/durabletask',
    '/.env',
    '/host.json',
    '/api/../host.json',
  ])('%s leads nowhere', async (path) => {
    expect((await send({ path })).status).toBe(404);
    expect((await noToken(path)).status).toBe(404);
  });

  it.each(['scheduledSync', 'watchdog', 'planRun', 'syncBatch'])(
    'of the host starts %s for nobody who has a token only',
    async (name) => {
      const path = `/admin/functions/${name}`;
      expect((await send({ method: 'POST', path, body: '{}' })).status).toBe(401);
      await expectNothingStarted();
    },
  );
});

describe('a query', () => {
  it.each([
    'limit=-1',
    'limit=0',
    'limit=101',
    'limit=1e2',
    'limit=0x10',
    'limit=٣',
    'limit=1&limit=100000',
    'limit[]=1',
    'status=running%27%20or%20true',
    'status=__proto__',
    'trigger=constructor',
    '__proto__=1',
    '__proto__[limit]=1',
    'continuationToken=%00',
    'continuationToken=eyJuZXh0UGFydGl0aW9uS2V5IjoieCJ9',
    `continuationToken=${'x'.repeat(2_001)}`,
    '$filter=true',
  ])('of %s is refused', async (query) => {
    const answer = await send({ path: `/api/runs?${encodeURI(query).replaceAll('%25', '%')}` });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });
});

describe('what is no proper HTTP', () => {
  const head = () =>
    `POST /api/runs HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\n`;

  it.each<[string, () => string]>([
    ['two lengths', () => `${head()}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    [
      'a length and chunks',
      () => `${head()}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a length that is no number', () => `${head()}Content-Length: -1\r\n\r\n`],
    ['chunks that are none', () => `${head()}Transfer-Encoding: xchunked\r\n\r\n`],
    ['a line that ends in a header', () => `${head()}X-One: a\nX-Two\r\n\r\n`],
    ['a header that goes on in the next line', () => `${head()} X-Two: a\r\n\r\n`],
    ['a zero in a header', () => `${head()}X-One: a\0b\r\n\r\n`],
    ['a method in small letters', () => head().replace('POST', 'post') + '\r\n'],
    ['a version that does not exist', () => head().replace('HTTP/1.1', 'HTTP/9.9') + '\r\n'],
  ])('%s is refused before the app sees it', async (_, wire) => {
    expect(await sendText(app.host.url, wire())).toBe(400);
    await expectNothingStarted();
  });

  it('headers beyond 16 KB are refused before the app sees them', async () => {
    expect(await sendText(app.host.url, `${head()}X-One: ${'x'.repeat(20_000)}\r\n\r\n`)).toBe(431);
    await expectNothingStarted();
  });
});

describe('afterwards', () => {
  it('nothing was answered with 500, and the app works', async () => {
    expect(app.log.join('\n')).not.toContain('The request failed');
    expect((await post('{"dryRun":true}')).status).toBe(202);
  });
});

import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp } from './support/start-app.ts';
import type { RunningApp } from './support/start-app.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp('http', {
    environment: {
      FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '1000',
      'AzureWebJobs.off.Disabled': 'true',
    },
  });
});
afterAll(() => app.close());

/** Status, body and, where it has one, content type of an answer. */
async function answer(path: string, init?: RequestInit): Promise<(string | number)[]> {
  const response = await app.call(path, init);
  const type = response.headers.get('content-type');
  return [response.status, await response.text(), ...(type === null ? [] : [type])];
}

describe('what a handler returns', () => {
  test.each([
    ['null', [204, '']],
    ['undefined', [204, '']],
    ['empty', [200, '']],
    ['array', [200, '']],
    ['throws', [500, '']],
    ['text', [500, '']],
    ['status?value=201', [201, '']],
    ['status?value=abc', [500, '']],
    ['objectBody', [200, '[object Object]', 'text/plain;charset=UTF-8']],
    ['jsonNull', [200, '']],
    ['wrongLength', [200, 'four', 'text/plain;charset=UTF-8']],
  ])('%s is answered with %j', async (path, expected) => {
    expect(await answer(`/api/${path}`)).toEqual(expected);
  });

  test('cookies are set one by one', async () => {
    const { headers } = await app.call('/api/cookie');
    expect(headers.getSetCookie()).toEqual([
      'a%20b=1%3B2; Max-Age=60; Path=/; SameSite=Lax; Secure; HttpOnly',
      'c=d',
    ]);
  });
});

describe('routes', () => {
  test.each([
    ['GET', '/api/items', [200, '[]', 'application/json']],
    ['POST', '/api/items', [201, '', 'text/plain;charset=UTF-8']],
    ['GET', '/API/Items/5/', [200, '{"id":"5"}', 'application/json']],
    ['GET', '/api/files/a/b.txt', [200, '{"path":"a/b.txt"}', 'application/json']],
    ['GET', '/api/items/x', [404, '']],
    ['GET', '/api//items', [404, '']],
    ['GET', '/items', [404, '']],
    ['GET', '/api/off', [404, '']],
    ['GET', '/', [404, '']],
    ['PUT', '/api/items', [404, '']],
    ['HEAD', '/api/items', [404, '']],
    ['OPTIONS', '/api/items', [404, '']],
    ['DELETE', '/api/protected', [404, '']],
  ])('%s %s is answered with %j', async (method, path, expected) => {
    expect(await answer(path, { method })).toEqual(expected);
  });
});

describe('keys', () => {
  const refused = [401, ''];
  const accepted = [200, 'in', 'text/plain;charset=UTF-8'];
  const withKey = (key: string) => ({ headers: { 'x-functions-key': key } });

  test.each(['protected', 'master'])(
    '%s needs the key, in a header or in the query',
    async (name) => {
      expect(await answer(`/api/${name}`)).toEqual(refused);
      expect(await answer(`/api/${name}?code=wrong`)).toEqual(refused);
      expect(await answer(`/api/${name}?code=test-key`)).toEqual(accepted);
      expect(await answer(`/api/${name}`, withKey('wrong'))).toEqual(refused);
      expect(await answer(`/api/${name}`, withKey('test-key'))).toEqual(accepted);
    },
  );

  test('the header wins over the query', async () => {
    expect(await answer('/api/protected?code=test-key', withKey('wrong'))).toEqual(refused);
  });

  test('are not logged', () => {
    expect(app.lines.filter((line) => line.includes('test-key'))).toEqual([]);
  });
});

describe('a request', () => {
  test('reaches the handler as it was sent', async () => {
    const response = await app.call('/api/Echo?a=1&a=2&b=', {
      method: 'POST',
      body: 'grün',
      headers: { 'x-test': 'value', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
    });
    expect(await response.json()).toEqual({
      url: '/api/Echo',
      method: 'POST',
      header: 'value',
      query: { a: '1,2', b: '' },
      body: 'grün',
      functionName: 'echo',
      trace: 'a'.repeat(32),
    });
  });

  test('with a body over the limit is 413, declared or not', async () => {
    const body = 'x'.repeat(1_001);
    const chunked = new Blob([body]).stream();
    expect(await answer('/api/echo', { method: 'POST', body })).toEqual([413, '']);
    const init = { method: 'POST', body: chunked, duplex: 'half' } as const;
    expect(await answer('/api/echo', init)).toEqual([413, '']);
  });

  test('with a nonsensical Host header is answered all the same', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'a b' };
      httpRequest(`${app.url}/api/echo`, { headers }, (response) => {
        resolve(response.statusCode);
        response.resume();
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });

  test('is logged with its function, its invocation and how it ended, and no body', async () => {
    await app.call('/api/echo?code=test-key', { method: 'POST', body: 'very private' });
    const [executing = '', succeeded = ''] = app.lines.slice(-2);
    expect(executing).toMatch(
      /^\S+Z information echo#1 [0-9a-f]{8} Executing \(POST \/api\/echo\)$/,
    );
    expect(succeeded).toMatch(/^\S+Z information echo#1 [0-9a-f]{8} Succeeded in \d+ ms$/);
    expect(app.lines.join()).not.toContain('very private');
  });
});

describe('the host', () => {
  test('lists its functions', () => {
    expect(app.functions.find((one) => one.name === 'item')).toEqual({
      name: 'item',
      kind: 'http',
      methods: ['GET', 'POST'],
      source: '/api/items/{id:int}',
      isDisabled: false,
    });
    expect(app.functions.filter((one) => one.isDisabled).map((one) => one.name)).toEqual(['off']);
  });

  test('is told the route prefix by host.json', async () => {
    const hostJson = { extensions: { http: { routePrefix: '' } } };
    const bare = await startApp('http', { hostJson });
    expect(await (await bare.call('/items')).json()).toEqual([]);
    await bare.close();
  });
});

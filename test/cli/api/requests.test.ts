import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { closeServer, listenOnLoopback } from '../../../dev/loopback-server.ts';
import { aGoodRun, runId } from '../support/a-run.ts';
import { type Reply, aProblem, anApp, functionKey } from '../support/an-app.ts';
import { callCli, jsonOf } from '../support/call-cli.ts';

const status = ['status', runId];
const look = `GET /api/runs/${runId}`;

describe('a request', () => {
  test('carries the key, which is never printed', async () => {
    const app = await anApp(aGoodRun());
    const { exitCode, stdout, stderr } = await callCli(app, status);
    expect({ exitCode, requests: app.requests }).toEqual({
      exitCode: 0,
      requests: [{ call: look, key: functionKey }],
    });
    expect(stdout + stderr).not.toContain(functionKey);
  });

  test('carries a token for the audience instead', async () => {
    const app = await anApp(aGoodRun());
    const { exitCode } = await callCli(app, [...status, '--audience', 'api://fleet'], {
      env: { FLEET_SYNC_URL: app.url },
      getToken: (scope) => Promise.resolve({ token: `for-${scope}`, expiresOnTimestamp: 0 }),
    });
    expect({ exitCode, requests: app.requests }).toEqual({
      exitCode: 0,
      requests: [{ call: look, authorization: 'Bearer for-api://fleet/.default' }],
    });
  });

  test('is not made without an address, or without a way to say who is asking', async () => {
    const app = await anApp();
    const nowhere = await callCli(app, status, { env: {} });
    const nobody = await callCli(app, status, { env: { FLEET_SYNC_URL: app.url } });
    const noToken = await callCli(app, status, {
      env: { FLEET_SYNC_URL: app.url, FLEET_SYNC_AUDIENCE: 'api://fleet' },
    });
    expect([nowhere.exitCode, nobody.exitCode, noToken.exitCode]).toEqual([2, 2, 3]);
    expect([nowhere.stderr, nobody.stderr, noToken.stderr]).toEqual([
      'Set FLEET_SYNC_URL (or --url) to the address of the app, for example https://fleet-sync.azurewebsites.net.\n',
      expect.stringMatching(/^Set FLEET_SYNC_KEY to a function key of the app/),
      expect.stringMatching(/^There is no Entra token for api:\/\/fleet/),
    ]);
    expect(app.requests).toEqual([]);
  });
});

describe('a passing failure', () => {
  const unavailable = (headers = {}): Reply => ({ status: 503, headers });

  test.each<[string, (Reply | 'reset' | 'silence')[], number[]]>([
    ['a cut connection', ['reset'], [1000]],
    ['502, 503, 504', [{ status: 502 }, { status: 503 }, { status: 504 }], [1000, 2000, 4000]],
    ['429 with Retry-After', [{ status: 429, headers: { 'retry-after': '7' } }], [7000]],
    ['503 with Retry-After of 60 s', [unavailable({ 'retry-after': '60' })], [60_000]],
    ['an unreadable Retry-After', [unavailable({ 'retry-after': 'soon' })], [1000]],
    ['an answer that breaks off', [{ status: 200, body: '{"id"', breaksOff: true }], [1000]],
  ])('%s is waited out', async (_, replies, waits) => {
    const app = await anApp(aGoodRun());
    app.next = replies;
    expect(await callCli(app, status)).toMatchObject({ exitCode: 0, stderr: '', waits });
  });

  test('silence is one', async () => {
    // Long enough for the second request to be answered on a busy machine.
    const app = await anApp(aGoodRun());
    app.next = ['silence'];
    const result = await callCli(app, status, { requestTimeoutMs: 1_000 });
    expect(result).toMatchObject({ exitCode: 0, stderr: '', waits: [1000] });
  });

  test('is given up after four attempts', async () => {
    const app = await anApp();
    app.next = Array<Reply>(4).fill(aProblem(503, 'Storage does not answer', { detail: 'Later.' }));
    expect(await callCli(app, status)).toMatchObject({
      exitCode: 3,
      stderr: 'Storage does not answer (HTTP 503)\nLater.\n',
      waits: [1000, 2000, 4000],
    });
    expect(app.requests).toHaveLength(4);
  });

  test('that asks for more than 60 s is not waited out', async () => {
    const app = await anApp();
    app.next = [unavailable({ 'retry-after': '90' })];
    expect(await callCli(app, status)).toMatchObject({
      exitCode: 3,
      stderr: `${look} answered 503 (HTTP 503)\nTry again in 1 min 30 s.\n`,
      waits: [],
    });
  });

  test('of a POST without a key is not repeated', async () => {
    const app = await anApp();
    app.next = ['reset'];
    const result = await callCli(app, ['cancel', runId]);
    expect(result).toMatchObject({ exitCode: 3, waits: [] });
    expect(app.requests.map(({ call }) => call)).toEqual([`POST /api/runs/${runId}/cancel`]);
  });

  test('of a POST with a key is, under the same key', async () => {
    const app = await anApp();
    app.next = ['reset', { status: 502 }];
    const result = await callCli(app, ['sync', '--yes', '--no-watch']);
    expect(result).toMatchObject({ exitCode: 0, waits: [1000, 2000] });
    expect(app.requests.map(({ idempotencyKey }) => idempotencyKey)).toEqual(
      Array(3).fill('key-1'),
    );
  });

  test('is not repeated when it is none', async () => {
    const app = await anApp();
    app.next = [aProblem(500, 'The request failed', { detail: 'The log says why.' })];
    expect(await callCli(app, status)).toMatchObject({
      exitCode: 3,
      stderr: 'The request failed (HTTP 500)\nThe log says why.\n',
      waits: [],
    });
  });
});

describe('a refusal', () => {
  test.each([
    [400, 2],
    [401, 3],
    [403, 3],
    [404, 3],
    [409, 3],
    [413, 2],
    [415, 2],
    [422, 2],
    [500, 3],
  ])('with %i exits with %i', async (code, exitCode) => {
    const app = await anApp();
    app.next = [aProblem(code, 'A title', { detail: 'A detail.' })];
    const result = await callCli(app, status);
    expect(result).toMatchObject({
      exitCode,
      stdout: '',
      stderr: `A title (HTTP ${code})\nA detail.\n`,
    });
  });

  const errors = [
    { path: 'scope.platforms.0', message: 'must be one of windows, macOS' },
    { path: '', message: 'must be an object' },
  ];

  test('names each field that is wrong', async () => {
    const app = await anApp();
    app.next = [aProblem(400, 'The request is not valid', { detail: 'Some fields.', errors })];
    expect((await callCli(app, status)).stderr).toBe(
      'The request is not valid (HTTP 400)\n' +
        'Some fields.\n' +
        '  scope.platforms.0: must be one of windows, macOS\n' +
        '  the body: must be an object\n',
    );
  });

  test('is a document with --json', async () => {
    const app = await anApp();
    app.next = [aProblem(400, 'The request is not valid', { detail: 'Some fields.', errors })];
    expect(jsonOf(await callCli(app, [...status, '--json']))).toEqual({
      error: {
        message: 'Some fields.',
        exitCode: 2,
        status: 400,
        title: 'The request is not valid',
        errors,
      },
    });
  });

  test('cannot steer the terminal', async () => {
    const app = await anApp();
    app.next = [aProblem(409, 'Con\u001b[2Jflict', { detail: 'a\r\nb\u202ec' })];
    expect((await callCli(app, status)).stderr).toBe('Con [2Jflict (HTTP 409)\na b c\n');
  });

  test.each([
    [401, 'Check FLEET_SYNC_KEY, or sign in to the right tenant (FLEET_SYNC_AUDIENCE).'],
    [403, 'The identity may lack the role FleetSync.Read or FleetSync.Run'],
    [404, 'Check that FLEET_SYNC_URL is the address of the fleet-sync app.'],
    [302, 'A redirect is not followed, so that the key goes nowhere else.'],
  ])('with %i and no problem says what to check', async (code, remedy) => {
    const app = await anApp();
    app.next = [{ status: code, headers: { location: 'https://sign.in/' }, body: '<html>' }];
    const { exitCode, stderr } = await callCli(app, status);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: expect.stringContaining(
        `${look} answered ${code} (HTTP ${code})\n${remedy}`,
      ) as string,
    });
  });
});

describe('an app that is not there', () => {
  test('is named, with the reason', async () => {
    const server = createServer();
    const gone = { url: `http://127.0.0.1:${await listenOnLoopback(server)}` };
    await closeServer(server);
    const { exitCode, stdout, stderr } = await callCli(gone, [...status, '--json']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: expect.stringMatching(
        /^http:\S+ could not be reached for GET \/api\/runs\/\S+: .*ECONNREFUSED.*\. Check FLEET_SYNC_URL and the network\.\n$/,
      ) as string,
    });
    expect(JSON.parse(stdout)).toEqual({
      error: { message: expect.stringContaining('could not be reached') as string, exitCode: 3 },
    });
  });

  test('or is silent is given up', async () => {
    const app = await anApp();
    app.next = ['silence', 'silence', 'silence', 'silence'];
    const { exitCode, stderr } = await callCli(app, status, { requestTimeoutMs: 20 });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: `${app.url} could not be reached for ${look}: it was silent for 0.02 s. Check FLEET_SYNC_URL and the network.\n`,
    });
  });

  test.each([
    ['HTML', '<html>Welcome</html>'],
    ['JSON of something else', { hello: 'world' }],
  ])('but something that answers %s is', async (_, body) => {
    const app = await anApp();
    app.next = [{ status: 200, body }];
    const { exitCode, stderr } = await callCli(app, status);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: expect.stringMatching(
        /answered 200, but not as fleet-sync does \(.+\)\. Check FLEET_SYNC_URL\.\n$/,
      ) as string,
    });
  });
});

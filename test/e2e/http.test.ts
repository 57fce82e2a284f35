import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalApp, type RunDocument, startLocalApp } from '../support/local-app.ts';

let app: LocalApp;

beforeAll(async () => {
  app = await startLocalApp({ graph: { fleet: { devices: 3 } } });
});
afterAll(() => app.close());

it('opens with the key in the header or in the query, and not without', async () => {
  const { url, functionKey } = app.host;
  const path = '/api/runs/8204751216926-8d117533';
  const statuses = await Promise.all([
    fetch(`${url}${path}`, { headers: { 'x-functions-key': functionKey } }),
    fetch(`${url}${path}?code=${functionKey}`),
    fetch(`${url}${path}`, { headers: { 'x-functions-key': 'wrong' } }),
    fetch(`${url}${path}`),
    fetch(`${url}/api/runs`, { method: 'POST' }),
    fetch(`${url}/api/health`),
  ]).then((responses) => responses.map(({ status }) => status));

  expect(statuses).toEqual([404, 404, 401, 401, 401, 200]);
});

it('starts a run with an empty body, and says where to follow it', async () => {
  const response = await app.fetch('/api/runs', { method: 'POST' });
  const run = (await response.json()) as RunDocument;

  expect(response.status).toBe(202);
  expect(response.headers.get('location')).toBe(`/api/runs/${run.id}`);
  expect(response.headers.get('retry-after')).toBe('10');
  expect(run).toMatchObject({ status: 'planning', trigger: 'http', action: 'syncDevice' });
  expect(await app.untilRun(run.id)).toMatchObject({
    status: 'completed',
    totals: { totalDevices: 3, pending: 0 },
  });
});

it('tells which failed app installs a sync tries again', async () => {
  const response = await app.fetch('/api/reference/app-install-errors');
  const { value } = (await response.json()) as { value: { code: number }[] };

  expect(response.status).toBe(200);
  expect(value.map(({ code }) => code)).toContain(2016330897);
});

it('keeps the reason', async () => {
  const id = await app.startRun({ reason: 'Policy rolled back' });

  expect(await app.getRun(id)).toMatchObject({ reason: 'Policy rolled back' });
});

it.each([
  ['an unknown run', 'GET', '/api/runs/8204751216926-8d117533', undefined, 404],
  ['a malformed run id', 'GET', '/api/runs/..%2f..%2fsecret', undefined, 404],
  ['an unknown field', 'POST', '/api/runs', '{"wipe": true}', 400],
  ['a wrong type', 'POST', '/api/runs', '{"reason": 5}', 400],
  ['what is not JSON', 'POST', '/api/runs', '{', 400],
  ['a list', 'POST', '/api/runs', '[]', 400],
  ['a body of 2 MB', 'POST', '/api/runs', `{"reason": "${'x'.repeat(2 ** 21)}"}`, 413],
])('answers %s with a problem', async (_what, method, path, body, status) => {
  const response = await app.fetch(path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });

  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(await response.json()).toMatchObject({ status, title: expect.any(String) as string });
});

it('names the field that is wrong', async () => {
  const response = await app.fetch('/api/runs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"reason": ""}',
  });

  expect(await response.json()).toMatchObject({ errors: [{ path: 'reason' }] });
});

it('takes no other content type', async () => {
  const response = await app.fetch('/api/runs', { method: 'POST', body: 'reason=drill' });

  expect(response.status).toBe(415);
});

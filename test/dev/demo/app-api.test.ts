import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createAppApi } from '../../../dev/demo/app-api.ts';
import { closeServer, listenOnLoopback } from '../../../dev/loopback-server.ts';
import { aRun } from './a-run.ts';

/** A host that answers each request with the next of these, and notes what it was asked. */
async function aHost(...answers: [status: number, body?: unknown][]) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const key = String(request.headers['x-functions-key'] ?? 'no key');
    requests.push(`${String(request.method)} ${String(request.url)} ${key}`);
    const [status, body] = answers[Math.min(requests.length, answers.length) - 1] ?? [500];
    response.writeHead(status).end(JSON.stringify(body));
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
  onTestFinished(() => closeServer(server));
  return { api: createAppApi(url, 'key', new AbortController().signal), requests };
}

test('health is asked for, without a key, until it is good', async () => {
  const { api, requests } = await aHost([503], [503], [200]);
  await api.untilHealthy(30_000);
  expect(requests).toEqual(Array(3).fill('GET /api/health no key'));
});

test('an app that does not get healthy is given up', async () => {
  const { api } = await aHost([503]);
  await expect(api.untilHealthy(0)).rejects.toThrow('The app was not healthy after 0 s');
});

test('the timer function is fired through the admin endpoint', async () => {
  const { api, requests } = await aHost([202]);
  await api.fireSchedule();
  expect(requests).toEqual(['POST /admin/functions/scheduledSync key']);
});

test('a refusal to fire it is an error', async () => {
  const { api } = await aHost([404]);
  await expect(api.fireSchedule()).rejects.toThrow('HTTP 404');
});

test('a run is read as it is', async () => {
  const { api, requests } = await aHost([200, aRun()]);
  expect(await api.getRun('1')).toEqual(aRun());
  expect(requests).toEqual(['GET /api/runs/1 key']);
});

test('an answer that is no run is an error', async () => {
  const { api } = await aHost([404, { title: 'Not found' }], [200, {}]);
  await expect(api.getRun('1')).rejects.toThrow('answered 404: {"title":"Not found"}');
  await expect(api.getRun('1')).rejects.toThrow('totals');
});

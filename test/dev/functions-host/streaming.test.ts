import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp } from './support/start-app.ts';
import type { RunningApp } from './support/start-app.ts';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp('streaming');
});
afterAll(() => app.close());

describe('with HTTP streaming switched on', () => {
  test('the first part of a body arrives before the last is made', async () => {
    const response = await app.call('/api/download/devices');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(response.headers.get('content-type')).toBe('text/csv');
    expect(await reader?.read()).toEqual({ done: false, value: 'first of devices\n' });
    app.release();
    expect(await reader?.read()).toEqual({ done: false, value: 'last\n' });
    expect(await reader?.read()).toEqual({ done: true, value: undefined });
  });

  test('an upload is read as it comes, keys are asked for as ever', async () => {
    const init = { method: 'POST', body: 'x'.repeat(3_000_000), headers: { 'x-test': 'value' } };
    expect((await app.call('/api/upload', init)).status).toBe(401);
    const response = await app.call('/api/upload?code=test-key', init);
    expect([response.status, await response.json()]).toEqual([
      201,
      { size: 3_000_000, header: 'value' },
    ]);
  });

  test('a handler that returns nothing is 204, one that throws 500', async () => {
    expect((await app.call('/api/nothing')).status).toBe(204);
    const response = await app.call('/api/throws');
    expect([response.status, await response.text()]).toEqual([500, '']);
  });
});

test('the appStart hook has run', () => {
  expect(app.observed()).toEqual(['appStart']);
});

import { describe, expect, it } from 'vitest';
import { healthHandler } from '../../../src/functions/http/health.ts';
import type { Health } from '../../../src/use-cases/check-health.ts';
import { callHttp, jsonHeaders } from '../support/call-http.ts';

const healths: [Health, number][] = [
  [{ status: 'ok', dependencies: { tables: { status: 'ok' } } }, 200],
  [
    {
      status: 'degraded',
      dependencies: { graphToken: { status: 'degraded', detail: 'lacks a permission' } },
    },
    200,
  ],
  [
    {
      status: 'unavailable',
      dependencies: { queues: { status: 'unavailable', detail: 'RestError' } },
    },
    503,
  ],
];

describe('GET /health', () => {
  it.each(healths)('answers %j with %i, and is never cached', async (health, status) => {
    expect(await callHttp(healthHandler(() => Promise.resolve(health)))).toEqual({
      status,
      headers: { ...jsonHeaders, 'cache-control': 'no-store' },
      body: health,
      log: [],
    });
  });
});

import type { HttpHandler } from '@azure/functions';
import type { checkHealth } from '../../use-cases/check-health.ts';
import { httpHandler } from './http-handler.ts';

/** `GET /health`: the state of each dependency; 503 when one of them is unavailable. */
export function healthHandler(check: ReturnType<typeof checkHealth>): HttpHandler {
  return httpHandler(async () => {
    const health = await check();
    return {
      status: health.status === 'unavailable' ? 503 : 200,
      headers: { 'Cache-Control': 'no-store' },
      jsonBody: health,
    };
  });
}

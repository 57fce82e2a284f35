import { setTimeout as sleep } from 'node:timers/promises';
import { runSchema, type Run } from './run.ts';

/** The app under the Functions host, as the demo uses it. */
export interface AppApi {
  /** Resolves when `GET /api/health` answers 200. @throws Error after `timeoutMs`. */
  untilHealthy: (timeoutMs: number) => Promise<void>;
  /** Makes the timer function fire now, instead of when the schedule says. */
  fireSchedule: () => Promise<void>;
  /** @throws Error when the answer is not a run. */
  getRun: (id: string) => Promise<Run>;
}

/** How often health is asked for while the app starts, in milliseconds. */
const healthIntervalMs = 100;

/**
 * @param url the host's address, without a path.
 * @param functionKey opens every route and the admin endpoint.
 */
export function createAppApi(url: string, functionKey: string, signal: AbortSignal): AppApi {
  const headers = { 'x-functions-key': functionKey };

  async function isHealthy(): Promise<boolean> {
    const response = await fetch(`${url}/api/health`, { signal }).catch(() => undefined);
    await response?.body?.cancel();
    return response?.status === 200;
  }

  return {
    untilHealthy: async (timeoutMs) => {
      const deadline = performance.now() + timeoutMs;
      while (!(await isHealthy())) {
        signal.throwIfAborted();
        if (performance.now() > deadline) {
          throw new Error(`The app was not healthy after ${timeoutMs / 1000} s (GET /api/health).`);
        }
        await sleep(healthIntervalMs, undefined, { signal });
      }
    },
    fireSchedule: async () => {
      const response = await fetch(`${url}/admin/functions/scheduledSync`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{}',
        signal,
      });
      await response.body?.cancel();
      if (response.status === 202) return;
      throw new Error(`The timer function could not be fired: HTTP ${response.status}.`);
    },
    getRun: async (id) => {
      const response = await fetch(`${url}/api/runs/${id}`, { headers, signal });
      const body = await response.text();
      if (response.status === 200) return runSchema.parse(JSON.parse(body));
      throw new Error(`GET /api/runs/${id} answered ${response.status}: ${body.slice(0, 500)}`);
    },
  };
}

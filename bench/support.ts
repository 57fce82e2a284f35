import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalApp, startApp } from '../dev/environment/index.ts';

/** A run as far as the benchmarks look at it. */
export interface MeasuredRun {
  readonly id: string;
  readonly status: string;
  readonly createdAt: string;
  readonly plannedAt: string | null;
  readonly totals: { readonly totalDevices: number };
}

/** The app in its local environment, with a fleet of `devices`. */
export async function withApp(
  devices: number,
  measure: (app: LocalApp) => Promise<void>,
): Promise<void> {
  const app = await startApp({ graph: { fleet: { devices } }, log: () => undefined });
  try {
    await measure(app);
  } finally {
    await app.close();
  }
}

/** A request to the app's API, with the key that opens it. */
export function call({ host }: LocalApp, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { 'x-functions-key': host.functionKey, 'content-type': 'application/json' };
  return fetch(`${host.url}${path}`, { ...init, headers });
}

/** Starts a run and waits until it is planned. */
export async function planRun(app: LocalApp, body: object): Promise<MeasuredRun> {
  const init = { method: 'POST', body: JSON.stringify(body) };
  let run = (await (await call(app, '/api/runs', init)).json()) as MeasuredRun;
  while (run.status === 'planning') {
    await sleep(200);
    run = (await (await call(app, `/api/runs/${run.id}`)).json()) as MeasuredRun;
  }
  return run;
}

/**
 * The resident memory of the app's process in MB, now and at its highest, as Linux keeps both.
 *
 * @throws on a system without `/proc`
 */
export async function memoryOf({ host }: LocalApp): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${host.instances()[0]?.pid ?? 0}/status`, 'utf8');
  const megabytes = (name: string) =>
    Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

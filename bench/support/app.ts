import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type LocalApp, type LocalAppOptions, startApp } from '../../dev/environment/index.ts';
import type { SuiteContext } from '../suite.ts';
import { memoryOfProcess, type ProcessMemory } from './process-memory.ts';

const runSchema = z.object({
  id: z.string(),
  status: z.string(),
  createdAt: z.string().transform((text) => Date.parse(text)),
  plannedAt: z.string().nullable(),
  completedAt: z.string().nullable(),
  totals: z.object({ totalDevices: z.number(), success: z.number(), error: z.number() }),
});

/** A run as far as the benchmarks look at it. */
export type MeasuredRun = z.output<typeof runSchema>;

/** Time that every answer of the simulated Graph takes, ms: the runbook was measured with it, too. */
export const GRAPH_LATENCY_MS = 250;

/** The ceiling at which the bars are stated: Graph's 200 writes in 20 s. */
export const WRITES_PER_SECOND = 10;

/** How often a run is looked at while it is waited for, ms. */
const LOOK_EVERY_MS = 500;

/** The built app in its local environment, for as long as `measure` takes. */
export async function withApp<T>(
  { signal, log }: SuiteContext,
  options: Omit<LocalAppOptions, 'log' | 'signal'>,
  measure: (app: LocalApp) => Promise<T>,
): Promise<T> {
  const settings = { SYNC_WRITES_PER_SECOND: String(WRITES_PER_SECOND), ...options.settings };
  const app = await startApp({ ...options, settings, signal, log });
  try {
    return await measure(app);
  } finally {
    await app.close();
  }
}

/** A request to the app's API, with the key that opens it. */
export function call({ host }: LocalApp, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { 'x-functions-key': host.functionKey, 'content-type': 'application/json' };
  return fetch(`${host.url}${path}`, { ...init, headers });
}

/**
 * Starts a run.
 *
 * @throws Error when the app does not accept it
 */
export async function startRun(app: LocalApp, body: object = {}): Promise<MeasuredRun> {
  return readRun(await call(app, '/api/runs', { method: 'POST', body: JSON.stringify(body) }), 202);
}

/** Waits until a run is as wanted; by default until it is over. */
export async function untilRun(
  app: LocalApp,
  id: string,
  signal: AbortSignal,
  isWanted: (run: MeasuredRun) => boolean = isOver,
): Promise<MeasuredRun> {
  for (;;) {
    const run = await readRun(await call(app, `/api/runs/${id}`), 200);
    if (isWanted(run)) return run;
    if (isOver(run)) throw new Error(`Run ${id} is ${run.status}.`);
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function readRun(response: Response, expected: number): Promise<MeasuredRun> {
  const text = await response.text();
  if (response.status === expected) return runSchema.parse(JSON.parse(text));
  throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 500)}`);
}

function isOver({ status }: MeasuredRun): boolean {
  return !['planning', 'running'].includes(status);
}

/** The time from a run's creation to a moment of it, s; Infinity for one that never came. */
export function secondsUntil(run: MeasuredRun, moment: 'plannedAt' | 'completedAt'): number {
  const at = run[moment];
  return at === null ? Infinity : (Date.parse(at) - run.createdAt) / 1000;
}

/** The memory of the app's first instance. */
export function memoryOf({ host }: LocalApp): Promise<ProcessMemory> {
  return memoryOfProcess(host.instances()[0]?.pid ?? 0);
}

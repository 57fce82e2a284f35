import { startApp, type LocalApp } from '../environment/index.ts';
import { createAppApi } from './app-api.ts';
import { followRun } from './follow-run.ts';
import { graphCounts } from './graph-counts.ts';
import { newestRunId, untilNewRun } from './newest-run-id.ts';
import type { Progress } from './progress.ts';
import { untilRunMetrics } from './received-metrics.ts';
import type { DemoResult } from './render-report.ts';

/** What a demo is told. */
export interface DemoOptions {
  devices: number;
  instances: number;
  mode: 'perDevice' | 'bulk';
  latencyMs: number;
  faults: 'none' | 'typical' | 'severe';
  /** Takes each line of the app's log. */
  log: (line: string) => void;
  signal: AbortSignal;
  /** Called when a part of the environment is up. */
  onPart: (name: string, elapsedMs: number) => void;
  /** Called when everything is up, with the time since the start in milliseconds. */
  onReady: (elapsedMs: number) => void;
  /** Called when the run has begun. */
  onRun: (id: string) => void;
  progress: Progress;
}

/** How long the app may take to be healthy, and a run to begin, in milliseconds. */
const startTimeoutMs = 60_000;
/** How long the metrics of a run may take to come in, in milliseconds. */
const metricsTimeoutMs = 60_000;

/**
 * Starts the app and everything around it, fires the schedule, follows the run to its end and
 * stops everything.
 *
 * @throws what went wrong, after everything is stopped.
 */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const startedAt = performance.now();
  const { devices, instances, mode, latencyMs, faults, log, signal, onPart } = options;
  const graph = { fleet: { devices }, latencyMs, faults };
  const app = await startApp({ graph, instances, mode, log, signal, onPart });
  const { ingestion, graph: simulator } = app.environment;
  let result: Omit<DemoResult, 'elapsedSeconds'>;
  try {
    const run = await syncFleet(app, options, startedAt);
    const waitOptions = { timeoutMs: metricsTimeoutMs, signal };
    const metrics = await untilRunMetrics(() => ingestion.metrics(), waitOptions);
    result = { run, metrics, graph: graphCounts(simulator.statistics()) };
  } finally {
    await app.close();
  }
  return { ...result, elapsedSeconds: Math.round(performance.now() - startedAt) / 1000 };
}

async function syncFleet({ environment, host }: LocalApp, options: DemoOptions, startedAt: number) {
  const { signal, progress, onReady, onRun } = options;
  const api = createAppApi(host.url, host.functionKey, signal);
  await api.untilHealthy(startTimeoutMs);
  onReady(performance.now() - startedAt);

  const previousId = await newestRunId(environment);
  await api.fireSchedule();
  const id = await untilNewRun(environment, { previousId, timeoutMs: startTimeoutMs, signal });
  onRun(id);
  try {
    return await followRun({
      getRun: () => api.getRun(id),
      onUpdate: (run) => progress.update(run),
      signal,
    });
  } finally {
    progress.stop();
  }
}

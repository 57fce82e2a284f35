import type { Metrics } from '../core/metrics.ts';
import { isFinal } from '../core/run.ts';
import type { Log, Ports } from './ports.ts';

/** A run that nobody looked at for this long when it was time has lost its monitor message. */
const MONITOR_LOST_AFTER_MS = 120_000;

/**
 * Gives each run that is not settled and lost its monitor a new one, and emits the gauges by which
 * an alert notices that runs stopped succeeding.
 */
export function watchRuns({
  runs,
  queue,
  telemetry,
  clock,
}: Pick<Ports, 'runs' | 'queue' | 'telemetry' | 'clock'>) {
  return async (log: Log): Promise<void> => {
    let openRuns = 0;
    for await (const run of runs.listUnfinished()) {
      if (!isFinal(run)) openRuns++;
      const lookDueAt = Math.max(run.monitoredAt ?? run.createdAt, run.monitorDueAt ?? 0);
      if (clock.now() - lookDueAt < MONITOR_LOST_AFTER_MS) continue;
      await queue.enqueueMonitor(run.id, 0);
      log.warn(`Run ${run.id}: had lost its monitor and has a new one`);
    }
    const metrics: Metrics = { OpenRuns: openRuns, PoisonMessages: await queue.countPoisoned() };
    const lastSuccessAt = await runs.lastSuccessAt();
    if (lastSuccessAt !== undefined) {
      metrics.HoursSinceLastSuccessfulRun = (clock.now() - lastSuccessAt) / 3_600_000;
    }
    try {
      await telemetry.emit({ metrics, properties: {} });
    } catch (error) {
      log.warn(`The gauges could not be emitted (${String(error)})`);
    }
  };
}

import type { Telemetry } from '../../../src/use-cases/ports.ts';
import { reportRun } from '../../../src/use-cases/report-run.ts';
import { missingPermission } from '../../../src/core/problems.ts';
import { aRun } from '../../support/factories.ts';
import { InMemoryRunStore } from '../../support/in-memory-run-store.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** What queries may ask of a run's metrics and its event. */
export interface RunTelemetry {
  readonly dimensions: readonly string[];
  readonly event: string;
  readonly eventProperties: readonly string[];
}

/** Lets the app report a run that has everything that can be reported. */
export async function runTelemetry(): Promise<RunTelemetry> {
  const runs = new InMemoryRunStore();
  const run = aRun({
    status: 'failed',
    completedAt: 0,
    reason: 'Policy rolled back',
    problem: missingPermission(['Device.Read.All']),
  });
  await runs.create(run);
  const emitted: Parameters<Telemetry['emit']>[0][] = [];
  const telemetry: Telemetry = {
    emit(item) {
      emitted.push(item);
      return Promise.resolve();
    },
  };
  const ignore = () => undefined;
  const log = { info: ignore, warn: ignore, error: ignore };
  await reportRun({ runs, telemetry, clock: new VirtualClock() }, run, log);
  const [first] = emitted;
  if (first?.event === undefined) throw new Error('A run that ended emits an event.');
  return {
    dimensions: Object.keys(first.properties),
    event: first.event.name,
    eventProperties: Object.keys(first.event.properties),
  };
}

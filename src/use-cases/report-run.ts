import { metricsOf } from '../core/metrics.ts';
import { dueNotice } from '../core/notice-state.ts';
import { isReportDue, withReportAttempt } from '../core/report-retry.ts';
import { progressOf } from '../core/progress.ts';
import type { Run } from '../core/run.ts';
import { notifyOfRun } from './notify-of-run.ts';
import type { Log, Ports } from './ports.ts';

type ReportPorts = Pick<Ports, 'runs' | 'telemetry' | 'notifier' | 'clock'>;

/**
 * Hands over the metrics of a run that ended, and tells whoever is to know of it, as far as that is
 * due. A crash between that and the note of it does it twice; event and notice carry the run id, by
 * which the two can be told to be one. Returns the run as it is then.
 */
export async function reportRun(ports: ReportPorts, run: Run, log: Log): Promise<Run> {
  const isDue = isReportDue(run, ports.clock.now());
  const reported = isDue ? await reportMetrics(ports, run, log) : run;
  await notifyOfRun(ports, reported, log);
  return reported;
}

/** The notice falls due in the same write: after a crash it is not forgotten over the metrics. */
async function reportMetrics(
  { runs, telemetry, notifier, clock }: ReportPorts,
  run: Run,
  log: Log,
): Promise<Run> {
  const isReported = await emit(telemetry, run, log);
  const now = clock.now();
  return runs.update(run.id, (current) => {
    const isNoticeNew = notifier !== undefined && current.notice === undefined;
    return {
      ...withReportAttempt(current, isReported, now),
      ...(isNoticeNew ? { notice: dueNotice(now) } : {}),
    };
  });
}

/** Emits the rate of an open run about once a minute. */
export async function reportProgress(
  { telemetry, clock }: Pick<Ports, 'telemetry' | 'clock'>,
  run: Run,
  lastLookedAt: number | undefined,
  log: Log,
): Promise<void> {
  const minute = (at: number) => Math.floor((at - run.createdAt) / 60_000);
  if (minute(clock.now()) === minute(lastLookedAt ?? run.createdAt)) return;
  const metrics = { DevicesPerSecond: progressOf(run).devicesPerSecond };
  try {
    await telemetry.emit({ metrics, properties: dimensionsOf(run) });
  } catch (error) {
    log.warn(`Run ${run.id}: its rate could not be emitted (${String(error)})`);
  }
}

async function emit(telemetry: Ports['telemetry'], run: Run, log: Log): Promise<boolean> {
  const metrics = metricsOf(run);
  try {
    await telemetry.emit({
      metrics,
      properties: dimensionsOf(run),
      event: { name: 'RunCompleted', properties: eventOf(run, metrics) },
    });
    return true;
  } catch (error) {
    log.warn(`Run ${run.id}: its metrics could not be emitted (${String(error)})`);
    return false;
  }
}

/** By what the metrics of a run are told apart. */
export function dimensionsOf(run: Run): Record<string, string> {
  const { trigger, action, mode, status } = run;
  return { trigger, action, mode, status };
}

function eventOf(run: Run, metrics: object): Record<string, string> {
  const counts = Object.entries(metrics).map(([name, value]) => [name, String(value)] as const);
  return {
    runId: run.id,
    ...dimensionsOf(run),
    ...Object.fromEntries(counts),
    ...(run.reason === undefined ? {} : { reason: run.reason }),
    ...(run.problem === undefined ? {} : { problem: run.problem.code }),
  };
}

import { foldBatches } from '../core/fold.ts';
import { withSample } from '../core/progress.ts';
import { endOf } from '../core/run-end.ts';
import { type Run, isFinal } from '../core/run.ts';
import { isSettled, nextLookAt } from '../core/settled.ts';
import { processedOf } from '../core/totals.ts';
import { plannedPasses } from '../core/verification.ts';
import { closeOpenBatches } from './close-open-batches.ts';
import type { followUpRun } from './follow-up-run.ts';
import { openBatches } from './open-batches.ts';
import { type Log, type Ports, UnknownRunError } from './ports.ts';
import { reportProgress, reportRun } from './report-run.ts';
import { requeueLostBatches } from './requeue-lost-batches.ts';
import { superviseRun } from './supervise-run.ts';

export type MonitorPorts = Pick<
  Ports,
  'runs' | 'ledger' | 'queue' | 'commands' | 'budget' | 'telemetry' | 'notifier' | 'clock'
>;

/** What becomes of a run after its end. */
export interface Aftermath {
  /** When its check-ins are verified, counted from its end, ascending, ms. */
  readonly verifyAfterMs: readonly number[];
  readonly followUp: ReturnType<typeof followUpRun>;
}

/** How often an open run is looked at, ms. */
export const MONITOR_INTERVAL_MS = 10_000;

/**
 * Looks after a run: folds its batches into its totals, replaces lost messages, closes it at its end
 * or deadline, hands over its metrics, and verifies its check-ins. Its message's successor is sent
 * first: whatever happens in between, the run is looked at again.
 *
 * @throws UnknownRunError
 */
export function monitorRun(ports: MonitorPorts, { verifyAfterMs, followUp }: Aftermath) {
  return async (runId: string, messageId: string, log: Log): Promise<void> => {
    const { runs, queue, clock } = ports;
    const run = await runs.get(runId);
    if (run === undefined) throw new UnknownRunError(`There is no run ${runId}.`);
    if (isSettled(run) || isSurplus(run, messageId, clock.now())) return;
    const delayMs = nextLookMs(run, messageId, clock.now());
    const monitorDueAt = clock.now() + delayMs;
    const monitorMessageId = await queue.enqueueMonitor(runId, delayMs);
    const look = { monitorMessageId, monitorDueAt };

    if (isFinal(run)) {
      const monitoredAt = clock.now();
      const noted = await runs.update(runId, (current) => ({ ...current, ...look, monitoredAt }));
      return followUp(await reportRun(ports, noted, log), messageId, log);
    }
    if (run.priority === 'urgent') await ports.budget.announceUrgent();
    const supervised = await superviseRun(ports, run, log);
    const change =
      supervised.status === 'running'
        ? await lookAt(ports, supervised, verifyAfterMs, log)
        : undefined;
    const now = clock.now();
    const looked = await runs.update(runId, (current) => ({
      ...(isFinal(current) ? current : { ...current, ...change }),
      ...look,
      monitoredAt: now,
    }));
    if (isFinal(looked)) await reportRun(ports, looked, log);
    else await reportProgress(ports, looked, run.monitoredAt, log);
  };
}

/**
 * Whether a message is one too many: another one continues the run and did so just now, or is well
 * before its moment. A message that cannot be sure of that does its work, since looking twice does
 * no harm.
 */
function isSurplus(run: Run, messageId: string, now: number): boolean {
  if (run.monitorMessageId === undefined || run.monitorMessageId === messageId) return false;
  const { monitoredAt = 0, monitorDueAt = 0 } = run;
  return (
    now < Math.max(monitoredAt + MONITOR_INTERVAL_MS * 0.8, monitorDueAt - MONITOR_INTERVAL_MS)
  );
}

/**
 * When to look again. A message that is not the one that continues the run falls behind that one,
 * so that of two which arrive in the same moment only one is left the next time.
 */
function nextLookMs(run: Run, messageId: string, now: number): number {
  const isContinuing = run.monitorMessageId === undefined || run.monitorMessageId === messageId;
  const delayMs = isFinal(run) ? nextLookAt(run, now) - now : MONITOR_INTERVAL_MS;
  return isContinuing ? delayMs : delayMs + MONITOR_INTERVAL_MS * 0.3;
}

/** What the batches of a running run say about it now. */
async function lookAt(
  ports: MonitorPorts,
  run: Run,
  verifyAfterMs: readonly number[],
  log: Log,
): Promise<Partial<Run>> {
  const now = ports.clock.now();
  let open = await openBatches(ports, run, now);
  if (run.stop === undefined) {
    await requeueLostBatches(ports, run, open, log);
  } else if (await closeOpenBatches(ports, run, run.stop, open)) {
    open = await openBatches(ports, run, now);
  }
  const fold = foldBatches(run, open);
  const samples = withSample(run.samples, { at: now, processed: processedOf(fold.totals) });
  if (fold.foldedThrough < run.batchCount) return { ...fold, samples };
  const end = endOf(run, fold.totals);
  log.info(`Run ${run.id}: ${end.status}`);
  const completedAt = fold.lastFinishedAt ?? now;
  const { isProvenByCheckIn = false } = ports.commands.of(run);
  const verification = isProvenByCheckIn
    ? plannedPasses(verifyAfterMs, completedAt, fold.totals.success)
    : [];
  return { ...fold, samples, ...end, completedAt, verification };
}

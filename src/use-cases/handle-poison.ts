import { closeBatch } from '../core/batch.ts';
import { planningFailed } from '../core/problems.ts';
import { stopRun } from '../core/run-end.ts';
import { isSettled } from '../core/settled.ts';
import { MONITOR_INTERVAL_MS } from './monitor-run.ts';
import type { Log, Ports } from './ports.ts';
import type { BatchEntry } from './sync-batch.ts';

/**
 * A batch whose message failed for good: its devices that have no result are recorded as failed, so
 * that the run ends and adds up. A batch that is final meanwhile, or unknown, is left as it is.
 */
export function recordPoisonedBatch({ ledger, clock }: Pick<Ports, 'ledger' | 'clock'>) {
  return async ({ runId, batch: number }: BatchEntry, log: Log): Promise<void> => {
    const stored = await ledger.getBatch(runId, number);
    if (stored?.batch.status !== 'pending') return;
    const failed = { outcome: 'failed', code: 'poisoned' } as const;
    const batch = closeBatch(stored.batch, 'poisoned', failed, clock.now());
    await ledger.finishBatch({ ...stored, batch });
    log.error(`Run ${runId}: batch ${number} failed for good, its open devices are failed`);
  };
}

/**
 * A plan message that failed for good. A run without a plan ends; one that has its plan needs no
 * message for it, since its monitor replaces what is missing.
 */
export function failUnplannedRun({ runs, clock }: Pick<Ports, 'runs' | 'clock'>) {
  return async (runId: string, log: Log): Promise<void> => {
    const run = await runs.get(runId);
    if (run?.status !== 'planning') return;
    await runs.update(runId, (current) =>
      current.status === 'planning'
        ? stopRun(current, 'failed', planningFailed(), clock.now())
        : undefined,
    );
    log.error(`Run ${runId}: planning failed for good, the run is failed`);
  };
}

/** A monitor message that failed for good: a run that is not settled gets a new one, later. */
export function reviveMonitor({ runs, queue }: Pick<Ports, 'runs' | 'queue'>) {
  return async (runId: string, log: Log): Promise<void> => {
    const run = await runs.get(runId);
    if (run === undefined || isSettled(run)) return;
    await queue.enqueueMonitor(runId, 6 * MONITOR_INTERVAL_MS);
    log.error(`Run ${runId}: looking after it failed five times in a row, trying again`);
  };
}

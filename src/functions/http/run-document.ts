import { durationSeconds } from '../../core/metrics.ts';
import { progressOf } from '../../core/progress.ts';
import { type Run, skippedOf } from '../../core/run.ts';
import { processedOf } from '../../core/totals.ts';

/** A run as the API shows it. Times become ISO 8601; what the run does not have is `null`. */
export function runDocument(run: Run, now: number) {
  const { totals, totalDevices } = run;
  const skipped = skippedOf(run);
  const { success, error, cancelled, unknown } = totals;
  const pending = totalDevices - skipped - processedOf(totals);
  const minutes = durationSeconds(run, now) / 60;
  const progress = progressOf(run);
  const estimatedCompletionAt = time(progress.estimatedCompletionAt);
  return {
    id: run.id,
    action: run.action,
    trigger: run.trigger,
    requestedBy: run.requestedBy,
    reason: run.reason ?? null,
    priority: run.priority,
    mode: run.mode,
    dryRun: run.dryRun,
    scope: {},
    status: run.status,
    createdAt: time(run.createdAt),
    startedAt: time(run.startedAt),
    plannedAt: time(run.plannedAt),
    completedAt: time(run.completedAt),
    deadlineAt: time(run.deadlineAt),
    totals: { totalDevices, success, error, skipped, cancelled, unknown, pending },
    skippedByReason: run.skippedByReason,
    errorsByCode: totals.errorsByCode,
    batchCount: run.batchCount,
    batchesProcessed: totals.batches,
    throttledCount: totals.throttled,
    durationMinutes: round(minutes, 4),
    progress: { ...progress, estimatedCompletionAt },
    verification: [],
    ...(run.problem === undefined ? {} : { problem: run.problem }),
    links: { self: `/api/runs/${run.id}` },
    report: {
      TotalDevices: totalDevices,
      SuccessCount: success,
      ErrorCount: error,
      DurationMinutes: round(minutes, 2),
      BatchesProcessed: totals.batches,
    },
  };
}

function time(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

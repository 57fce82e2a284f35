import type { DeviceResult } from './batch.ts';
import { notStarted, partialFailure } from './problems.ts';
import type { Problem, Run, RunStatus, RunStop } from './run.ts';
import type { Totals } from './totals.ts';

/** How a run ends all of whose batches are final: its status, and what was wrong if it failed by it. */
export function endOf(
  run: Pick<Run, 'stop' | 'ignorePartialFailures'>,
  totals: Totals,
): { readonly status: RunStatus; readonly problem?: Problem } {
  if (run.stop !== undefined) return { status: run.stop.status };
  const failed = totals.error + totals.unknown;
  if (failed === 0) return { status: 'completed' };
  if (run.ignorePartialFailures) return { status: 'completedWithErrors' };
  return { status: 'failed', problem: partialFailure(failed) };
}

/**
 * Marks a run to be stopped: its workers send nothing more and its monitor closes what is left.
 * The first stop stands. A run that has no plan yet ends at once, since nothing can have been sent.
 */
export function stopRun(
  run: Run,
  status: RunStop['status'],
  problem: Problem | undefined,
  now: number,
): Run {
  const reason = problem === undefined ? {} : { problem };
  if (run.stop !== undefined) return run;
  if (run.status === 'planning') return { ...run, ...reason, status, completedAt: now };
  return { ...run, ...reason, stop: { status, at: now } };
}

/**
 * What is reported of a device that had no result when its run was stopped.
 *
 * @param isInFlight whether a worker may have been sending to it at that moment
 */
export function unresolvedResult(stop: RunStop, isInFlight: boolean): DeviceResult {
  if (stop.status === 'timedOut') return { outcome: 'unknown', code: 'deadlineExceeded' };
  return isInFlight ? { outcome: 'unknown', code: 'interrupted' } : { outcome: 'cancelled' };
}

/**
 * Whether a run ended since its messages could not be sent. Whoever asked for it was told of an error
 * and may ask again; should a message have gone out before the error, a device may be sent to twice.
 */
export function failedToStart({ status, problem }: Pick<Run, 'status' | 'problem'>): boolean {
  return status === 'failed' && problem?.code === notStarted().code;
}

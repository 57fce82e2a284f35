import { durationSeconds } from './metrics.ts';
import { type Problem, type Run, skippedOf } from './run.ts';

/** What is told of a run that ended. No device is named in it, and so neither is its scope. */
export interface RunNotice {
  readonly runId: string;
  readonly status: Run['status'];
  readonly action: Run['action'];
  readonly trigger: Run['trigger'];
  readonly priority: Run['priority'];
  readonly mode: Run['mode'];
  readonly requestedBy: string;
  readonly reason?: string;
  readonly problem?: Problem;
  readonly totals: {
    readonly totalDevices: number;
    readonly success: number;
    readonly error: number;
    readonly skipped: number;
    readonly cancelled: number;
    readonly unknown: number;
  };
  /** ms since the epoch */
  readonly createdAt: number;
  /** ms since the epoch */
  readonly completedAt: number;
  readonly durationSeconds: number;
}

/** The notice of a run that ended. */
export function noticeOf(run: Run): RunNotice {
  const { totals, totalDevices, reason, problem } = run;
  const { success, error, cancelled, unknown } = totals;
  const completedAt = run.completedAt ?? run.createdAt;
  return {
    runId: run.id,
    status: run.status,
    action: run.action,
    trigger: run.trigger,
    priority: run.priority,
    mode: run.mode,
    requestedBy: run.requestedBy,
    ...(reason === undefined ? {} : { reason }),
    ...(problem === undefined ? {} : { problem }),
    totals: { totalDevices, success, error, skipped: skippedOf(run), cancelled, unknown },
    createdAt: run.createdAt,
    completedAt,
    durationSeconds: durationSeconds(run, completedAt),
  };
}

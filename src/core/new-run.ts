import type { ActionName } from './actions/index.ts';
import type { Run, RunTrigger } from './run.ts';
import { noTotals } from './totals.ts';

/** What whoever starts a run decides. */
export interface RunRequest {
  readonly action: ActionName;
  readonly trigger: RunTrigger;
  /** Who asked for it, for the report. */
  readonly requestedBy: string;
  readonly reason?: string;
}

/** The first state of a run. */
export function newRun(id: string, request: RunRequest, now: number, deadlineMs: number): Run {
  return {
    id,
    ...request,
    priority: 'normal',
    mode: 'perDevice',
    dryRun: false,
    status: 'planning',
    createdAt: now,
    deadlineAt: now + deadlineMs,
    planAliveAt: now,
    enqueuedThrough: 0,
    batchCount: 0,
    skippedByReason: {},
    foldedThrough: 0,
    folded: noTotals,
    totals: noTotals,
    totalDevices: 0,
    samples: [],
    reportAttempts: 0,
  };
}

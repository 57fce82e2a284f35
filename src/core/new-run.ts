import type { ActionParameters } from './actions/action.ts';
import type { Run, RunSource, RunTrigger } from './run.ts';
import type { Scope } from './scope.ts';
import type { SkipOptions } from './skip-rules.ts';
import { noTotals } from './totals.ts';

/** What whoever starts a run decides. What is absent is as in a plain emergency sync of the fleet. */
export interface RunRequest {
  readonly action: string;
  readonly parameters?: ActionParameters;
  readonly trigger: RunTrigger;
  /** Who asked for it, for the report. */
  readonly requestedBy: string;
  readonly reason?: string;
  readonly priority?: Run['priority'];
  readonly mode?: Run['mode'];
  readonly dryRun?: boolean;
  readonly scope?: Scope;
  readonly skip?: SkipOptions;
  readonly strict?: boolean;
  readonly ignorePartialFailures?: boolean;
  readonly maxDevices?: number;
  readonly source?: RunSource;
  /** Closes the run this long after its start, ms; absent: as the setting says. */
  readonly timeoutMs?: number;
  /** Sends once more to the devices that the first verification finds silent. */
  readonly renudge?: boolean;
}

/** The first state of a run. */
export function newRun(id: string, request: RunRequest, now: number, deadlineMs: number): Run {
  const { timeoutMs, ...wanted } = request;
  return {
    parameters: {},
    priority: 'normal',
    mode: 'perDevice',
    dryRun: false,
    scope: {},
    skip: {},
    strict: false,
    ignorePartialFailures: true,
    source: { kind: 'scope' },
    retriedBy: [],
    ...wanted,
    id,
    status: 'planning',
    createdAt: now,
    deadlineAt: now + (timeoutMs ?? deadlineMs),
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
    verification: [],
  };
}

import type { ActionParameters } from './actions/action.ts';
import type { AppInstalls } from './app-installs.ts';
import type { SendMode } from './batch.ts';
import type { NoticeState } from './notice-state.ts';
import type { PlanSummary } from './plan-summary.ts';
import type { Scope } from './scope.ts';
import type { SkipOptions } from './skip-rules.ts';
import type { Totals } from './totals.ts';
import type { VerificationPass } from './verification.ts';

export const openStatuses = ['planning', 'running'] as const;
export const finalStatuses = [
  'planned',
  'completed',
  'completedWithErrors',
  'failed',
  'cancelled',
  'timedOut',
] as const;

export type RunStatus = (typeof openStatuses)[number] | (typeof finalStatuses)[number];
export const runTriggers = ['schedule', 'http', 'alert', 'retry'] as const;

export type RunTrigger = (typeof runTriggers)[number];

/** Why a run could not do its work: `code` for programs, `detail` with the remedy for people. */
export interface Problem {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

/** Something a reader of the report should know although nothing went wrong; as a `Problem`. */
export type Note = Problem;

/** A run that must not go on: no more sends, what is left is closed, then it ends as `status`. */
export interface RunStop {
  readonly status: 'failed' | 'cancelled' | 'timedOut';
  readonly at: number;
}

/** How much was processed at a moment, for the rate and the estimate. */
export interface ProgressSample {
  readonly at: number;
  readonly processed: number;
}

/** Where the devices of a run come from. */
export type RunSource =
  | { readonly kind: 'scope' }
  /** Exactly the plan of a dry run. */
  | { readonly kind: 'plan'; readonly runId: string }
  /** The devices of an ended run that have one of these outcomes. */
  | { readonly kind: 'retry'; readonly runId: string; readonly outcomes: readonly string[] };

/** One run, as its row in the `Runs` table holds it. Times are ms since the epoch. */
export interface Run {
  readonly id: string;
  /** The name of an action; a run that an older app left may have one that this app does not. */
  readonly action: string;
  readonly parameters: ActionParameters;
  readonly trigger: RunTrigger;
  readonly requestedBy: string;
  readonly reason?: string;
  readonly priority: 'normal' | 'urgent';
  readonly mode: SendMode;
  /** Graph refused a bulk call: what is left is sent one by one. The mode stays. */
  readonly isBulkRefused?: boolean;
  readonly dryRun: boolean;
  readonly scope: Scope;
  readonly skip: SkipOptions;
  /** Whether a device that the scope names, and that cannot be sent to, refuses the run. */
  readonly strict: boolean;
  /** Whether a run with errors counts as completed; otherwise it has failed. */
  readonly ignorePartialFailures: boolean;
  /** A plan with more devices is refused. */
  readonly maxDevices?: number;
  readonly source: RunSource;
  /** What the plan of a dry run would do. */
  readonly plan?: PlanSummary;
  /** The run that used this plan; a plan is used once. */
  readonly usedBy?: string;
  /** Runs that tried again what failed in this one. */
  readonly retriedBy: readonly string[];
  readonly status: RunStatus;
  readonly stop?: RunStop;
  readonly problem?: Problem;
  readonly note?: Note;
  /** What the sync does about failed app installs; absent where the identity may not read apps. */
  readonly appInstalls?: AppInstalls;

  readonly createdAt: number;
  readonly startedAt?: number;
  readonly plannedAt?: number;
  readonly completedAt?: number;
  readonly deadlineAt: number;

  /** The message or invocation that is planning, and its last sign of life. */
  readonly plannedBy?: string;
  readonly planAliveAt: number;
  /** Batches below this number have their message on the queue. */
  readonly enqueuedThrough: number;

  readonly batchCount: number;
  readonly skippedByReason: Readonly<Record<string, number>>;
  /** Every batch below this number is final and counted in `folded`. */
  readonly foldedThrough: number;
  readonly folded: Totals;
  /** `folded` and what was final beyond it at the last look. */
  readonly totals: Totals;
  /** When the last batch so far became final. */
  readonly lastFinishedAt?: number;
  readonly totalDevices: number;
  readonly samples: readonly ProgressSample[];

  /** The message that continues to monitor this run, and when it was last looked at. */
  readonly monitorMessageId?: string;
  readonly monitoredAt?: number;
  /** When that message becomes visible. */
  readonly monitorDueAt?: number;
  /** When the metrics of the ended run were handed over, or given up after `reportAttempts`. */
  readonly reportedAt?: number;
  readonly reportAttempts: number;
  /** After an attempt that failed: not to be tried again before this. */
  readonly reportRetryAt?: number;
  /** Set when the run ended and somebody is to be told. */
  readonly notice?: NoticeState;

  /** The looks at who checked in, in the order of their moments; set when the run ends. */
  readonly verification: readonly VerificationPass[];
  /** The message that is making such a look, and its last sign of life. */
  readonly verifiedBy?: string;
  readonly verifyAliveAt?: number;
  /** Whether devices that the first look finds silent are sent to once more. */
  readonly renudge?: boolean;
  /** When a run over those was started, or it was decided that there is none. */
  readonly renudgedAt?: number;
}

/** Whether nothing about the run's outcome will change any more. */
export function isFinal(run: Pick<Run, 'status'>): boolean {
  return (finalStatuses as readonly string[]).includes(run.status);
}

/** Devices that got no command, whatever the reason. */
export function skippedOf(run: Pick<Run, 'skippedByReason'>): number {
  return Object.values(run.skippedByReason).reduce((sum, count) => sum + count, 0);
}

import type { RunRequest } from '../core/new-run.ts';
import { newRunId } from '../core/run-id.ts';
import type { Run } from '../core/run.ts';
import type { Log, Ports } from './ports.ts';
import type { StartResult, StartRunOptions, startRun } from './start-run.ts';

/** A plan that is older is not run: the fleet has changed. */
const PLAN_LIFETIME_MS = 3_600_000;

/** What can still be decided about a run whose plan is made. */
export type PlannedRunRequest = Pick<
  RunRequest,
  'requestedBy' | 'reason' | 'priority' | 'mode' | 'renudge'
>;

export type StartPlannedResult =
  | StartResult
  | { readonly kind: 'unknownPlan' }
  | { readonly kind: 'unusablePlan'; readonly why: string }
  /** Bulk was asked for, and what was planned cannot be sent so. */
  | { readonly kind: 'noBulk' };

/** Starts a run of exactly the devices that a dry run planned, once. */
export function startPlannedRun(
  { runs, commands, clock, random }: Pick<Ports, 'runs' | 'commands' | 'clock' | 'random'>,
  start: ReturnType<typeof startRun>,
) {
  return async (
    planId: string,
    request: PlannedRunRequest,
    log: Log,
    options: StartRunOptions = {},
  ): Promise<StartPlannedResult> => {
    const plan = await runs.get(planId);
    if (plan === undefined) return { kind: 'unknownPlan' };
    if (request.mode === 'bulk' && commands.of(plan).bulk === undefined) return { kind: 'noBulk' };
    const why = whyUnusable(plan, clock.now());
    // A repeated request finds its own run below, however used the plan is by then.
    if (why !== undefined && options.idempotency === undefined)
      return { kind: 'unusablePlan', why };
    const id = newRunId(clock.now(), random);
    if (why === undefined) {
      const marked = await runs.update(planId, (current) =>
        current.usedBy === undefined ? { ...current, usedBy: id } : undefined,
      );
      if (marked.usedBy !== id) return { kind: 'unusablePlan', why: 'it was used already' };
    }
    const result = await start(runOfPlan(plan, request), log, { ...options, id });
    const isMine = result.kind === 'started';
    if (!isMine && why === undefined) await runs.update(planId, withoutUse(id));
    if (isMine && why !== undefined) return { kind: 'unusablePlan', why };
    return result;
  };
}

function whyUnusable(plan: Run, now: number): string | undefined {
  if (plan.status !== 'planned') return 'it is not a finished dry run';
  if (plan.usedBy !== undefined) return 'it was used already';
  if (now - (plan.completedAt ?? 0) > PLAN_LIFETIME_MS) return 'it is older than an hour';
  return undefined;
}

function runOfPlan(plan: Run, request: PlannedRunRequest) {
  const { action, parameters, mode, priority, scope, skip, strict, ignorePartialFailures } = plan;
  const source = { kind: 'plan', runId: plan.id } as const;
  const options = { skip, strict, ignorePartialFailures };
  const decided = { action, parameters, mode, priority, scope, ...options };
  return { ...decided, source, trigger: 'http', ...request } as const;
}

function withoutUse(id: string): (plan: Run) => Run | undefined {
  return ({ usedBy, ...plan }) => (usedBy === id ? plan : undefined);
}

import type { RunRequest } from '../core/new-run.ts';
import { newRunId } from '../core/run-id.ts';
import type { Run } from '../core/run.ts';
import type { Log, Ports } from './ports.ts';
import { startOnce, startedRun } from './start-once.ts';
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

type PlannedPorts = Pick<Ports, 'runs' | 'keys' | 'commands' | 'clock' | 'random'>;

/** Starts a run of exactly the devices that a dry run planned, once. */
export function startPlannedRun(ports: PlannedPorts, start: ReturnType<typeof startRun>) {
  return (
    planId: string,
    request: PlannedRunRequest,
    log: Log,
    { idempotency, ...options }: StartRunOptions = {},
  ): Promise<StartPlannedResult> => {
    const { runs, commands, clock, random } = ports;
    const at = clock.now();
    const id = newRunId(at, random);
    // A repeated request finds its own run first, however used the plan is by then.
    return startOnce(ports, { id, at }, idempotency, async (): Promise<StartPlannedResult> => {
      const plan = await runs.get(planId);
      if (plan === undefined) return { kind: 'unknownPlan' };
      if (request.mode === 'bulk' && commands.of(plan).bulk === undefined) {
        return { kind: 'noBulk' };
      }
      const why = await use(ports, plan, id);
      if (why !== undefined) return { kind: 'unusablePlan', why };
      const result = await start(runOfPlan(plan, request), log, { ...options, id });
      if (result.kind !== 'started') await runs.update(planId, withoutUse(id));
      return result;
    });
  };
}

/**
 * Takes a plan for a run, also from one that was never started.
 *
 * @returns why it cannot be had
 */
async function use(ports: PlannedPorts, plan: Run, id: string): Promise<string | undefined> {
  const { runs, clock } = ports;
  const isUsed = plan.usedBy !== undefined && (await startedRun(ports, plan.usedBy)) !== undefined;
  if (plan.status !== 'planned') return 'it is not a finished dry run';
  if (isUsed) return 'it was used already';
  if (clock.now() - (plan.completedAt ?? 0) > PLAN_LIFETIME_MS) return 'it is older than an hour';
  const marked = await runs.update(plan.id, (current) =>
    current.usedBy === plan.usedBy ? { ...current, usedBy: id } : undefined,
  );
  return marked.usedBy === id ? undefined : 'it was used already';
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

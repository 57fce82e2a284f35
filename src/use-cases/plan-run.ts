import type { Command } from '../core/actions/action.ts';
import { type BatchPace, scheduleBatches } from '../core/batch-schedule.ts';
import { pendingBatch } from '../core/batch.ts';
import type { Plan } from '../core/plan.ts';
import { type PlannedWork, paceFor, plannedRun } from '../core/planned-run.ts';
import { missingPermission } from '../core/problems.ts';
import { missingRoles } from '../core/roles.ts';
import { stopRun } from '../core/run-end.ts';
import { type Run, isFinal } from '../core/run.ts';
import { bulkOf } from '../core/send-mode.ts';
import { groupIdsOf } from '../core/scope.ts';
import { claimPlan, planSignOfLife } from './claim-plan.ts';
import { PlanRefusedError, collectPlan } from './collect-plan.ts';
import { enqueueBatches } from './enqueue-batches.ts';
import { noteAppInstalls } from './note-app-installs.ts';
import { ListingError, type Log, type Ports, UnknownRunError } from './ports.ts';

type PlanPorts = Pick<
  Ports,
  'runs' | 'ledger' | 'queue' | 'directory' | 'appInstalls' | 'permissions' | 'commands' | 'clock'
>;

/** Batches that are built and written at once: few, so that a plan's memory is its devices. */
const BATCHES_AT_ONCE = 20;

/**
 * Plans a run and puts its batches on the queue. The plan counts from the moment the run's row says
 * `running` (`planned` for a dry run): before that a new delivery plans again from nothing, after it
 * a new delivery only goes on with the messages that are missing.
 *
 * @throws UnknownRunError
 */
export function planRun(ports: PlanPorts, pace: BatchPace) {
  return async (runId: string, plannedBy: string, log: Log): Promise<void> => {
    let run = await ports.runs.get(runId);
    if (run === undefined) throw new UnknownRunError(`There is no run ${runId}.`);
    if (run.status === 'planning') {
      const claimed = await claimPlan(ports, runId, plannedBy);
      if (claimed === undefined) {
        log.info(`Run ${runId}: another delivery is planning it`);
        return;
      }
      if (run.startedAt !== undefined) await ports.ledger.clear(runId);
      run = await makePlan(ports, pace, claimed, plannedBy, log);
    }
    if (run.plannedAt === undefined || run.dryRun) return;
    if (!isFinal(run) && run.stop === undefined) await enqueueBatches(ports, run);
    // Only now, so that no device waits for it.
    await noteAppInstalls(ports, run, log);
  };
}

async function makePlan(
  ports: PlanPorts,
  pace: BatchPace,
  run: Run,
  plannedBy: string,
  log: Log,
): Promise<Run> {
  const signOfLife = planSignOfLife(ports, run.id, plannedBy);
  const command = ports.commands.of(run);
  let plan: Plan;
  try {
    await checkPermissions(ports, run, command);
    plan = await collectPlan(ports, { run, command }, signOfLife, log);
  } catch (error) {
    if (error instanceof ListingError || error instanceof PlanRefusedError) {
      return endPlanning(ports, run, error, log);
    }
    throw error;
  }
  const work = { plan, command, pace: paceFor(command, pace) };
  const batchCount = await writePlan(ports, run, work, signOfLife);
  const change = plannedRun(work, batchCount, ports.clock.now());
  const committed = await ports.runs.update(run.id, (current) =>
    current.status === 'planning' && current.plannedBy === plannedBy ? change(current) : undefined,
  );
  log.info(`Run ${run.id}: ${committed.totalDevices} devices, ${batchCount} batches planned`);
  return committed;
}

/** Before anything is listed: a token without the roles would only lead to refusals. */
async function checkPermissions(
  { permissions }: PlanPorts,
  run: Run,
  { role, targets }: Command,
): Promise<void> {
  const missing = missingRoles(await permissions.granted(), {
    ...(run.dryRun ? {} : { actionRole: role }),
    ...(targets === undefined ? {} : { listRoles: targets.roles }),
    readsGroups: groupIdsOf(run.scope).length > 0 && run.source.kind === 'scope',
  });
  if (missing.length > 0) throw new PlanRefusedError(missingPermission(missing));
}

/** Writes batches and skipped devices to the ledger; returns the number of batches. */
async function writePlan(
  { ledger, clock }: Pick<Ports, 'ledger' | 'clock'>,
  run: Run,
  { plan, command, pace }: PlannedWork,
  signOfLife: () => Promise<void>,
): Promise<number> {
  const schedule = scheduleBatches(plan.devices, pace, bulkOf(run, command));
  const now = clock.now();
  for (let from = 0; from < schedule.length; from += BATCHES_AT_ONCE) {
    const part = schedule.slice(from, from + BATCHES_AT_ONCE);
    await ledger.addBatches(
      part.map(({ devices, delayMs }, place) =>
        pendingBatch(run.id, from + place, devices, now + delayMs),
      ),
    );
    await signOfLife();
  }
  await ledger.addSkipped(run.id, plan.skipped);
  return schedule.length;
}

/** Graph asked for a long wait: plan again after it. Anything else ends the run, loudly. */
async function endPlanning(
  { runs, queue, clock }: Pick<Ports, 'runs' | 'queue' | 'clock'>,
  run: Run,
  error: ListingError | PlanRefusedError,
  log: Log,
): Promise<Run> {
  const { problem } = error;
  const retryAfterMs = error instanceof ListingError ? error.retryAfterMs : undefined;
  if (retryAfterMs === undefined) {
    log.error(`Run ${run.id}: ${problem.title}. ${problem.detail}`);
    return runs.update(run.id, (current) => stopRun(current, 'failed', problem, clock.now()));
  }
  log.warn(
    `Run ${run.id}: Graph asked to wait ${Math.round(retryAfterMs / 1000)} s before listing`,
  );
  const waiting = await runs.update(run.id, (current) => {
    const { plannedBy: _plannedBy, ...rest } = current;
    return { ...rest, planAliveAt: clock.now() + retryAfterMs };
  });
  await queue.enqueuePlan(run.id, retryAfterMs);
  return waiting;
}

import { type BatchPace, scheduleBatches } from '../core/batch-schedule.ts';
import { pendingBatch } from '../core/batch.ts';
import { type Plan, countByReason, planBuilder } from '../core/plan.ts';
import { stopRun } from '../core/run-end.ts';
import { type Run, isFinal } from '../core/run.ts';
import { claimPlan, planSignOfLife } from './claim-plan.ts';
import { enqueueBatches } from './enqueue-batches.ts';
import { ListingError, type Log, type Ports, UnknownRunError } from './ports.ts';

type PlanPorts = Pick<Ports, 'runs' | 'ledger' | 'queue' | 'directory' | 'clock'>;

/** Batches that are built and written at once: few, so that a plan's memory is its devices. */
const BATCHES_AT_ONCE = 20;

/**
 * Plans a run and puts its batches on the queue. The plan counts from the moment the run's row says
 * `running`: before that a new delivery plans again from nothing, after it a new delivery only goes
 * on with the messages that are missing.
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
    if (isFinal(run) || run.stop !== undefined || run.status === 'planning') return;
    await enqueueBatches(ports, run);
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
  let plan: Plan;
  try {
    plan = await listFleet(ports, signOfLife);
  } catch (error) {
    if (error instanceof ListingError) return endListing(ports, run, error, log);
    throw error;
  }
  const batchCount = await writePlan(ports, pace, run.id, plan, signOfLife);
  const now = ports.clock.now();
  const totalDevices = plan.devices.length + plan.skipped.length;
  const skippedByReason = countByReason(plan.skipped);
  const isMine = (current: Run) => current.status === 'planning' && current.plannedBy === plannedBy;
  const planned = await ports.runs.update(run.id, (current) =>
    isMine(current)
      ? {
          ...current,
          status: 'running',
          plannedAt: now,
          batchCount,
          totalDevices,
          skippedByReason,
          samples: [{ at: now, processed: 0 }],
        }
      : undefined,
  );
  log.info(`Run ${run.id}: ${totalDevices} devices listed, ${batchCount} batches planned`);
  return planned;
}

async function listFleet(
  { directory }: Pick<Ports, 'directory'>,
  signOfLife: () => Promise<void>,
): Promise<Plan> {
  const builder = planBuilder();
  for await (const page of directory.listDevices()) {
    for (const device of page) builder.add(device);
    await signOfLife();
  }
  return builder.build();
}

/** Writes batches and skipped devices to the ledger; returns the number of batches. */
async function writePlan(
  { ledger, clock }: Pick<Ports, 'ledger' | 'clock'>,
  pace: BatchPace,
  runId: string,
  plan: Plan,
  signOfLife: () => Promise<void>,
): Promise<number> {
  const schedule = scheduleBatches(plan.devices, pace);
  const now = clock.now();
  for (let from = 0; from < schedule.length; from += BATCHES_AT_ONCE) {
    const part = schedule.slice(from, from + BATCHES_AT_ONCE);
    await ledger.addBatches(
      part.map(({ devices, delayMs }, place) =>
        pendingBatch(runId, from + place, devices, now + delayMs),
      ),
    );
    await signOfLife();
  }
  await ledger.addSkipped(runId, plan.skipped);
  return schedule.length;
}

/** Graph asked for a long wait: plan again after it. Anything else ends the run, loudly. */
async function endListing(
  { runs, queue, clock }: Pick<Ports, 'runs' | 'queue' | 'clock'>,
  run: Run,
  error: ListingError,
  log: Log,
): Promise<Run> {
  const { retryAfterMs, problem } = error;
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

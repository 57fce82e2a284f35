import type { Command } from '../core/actions/action.ts';
import { toPlannedDevice, toSkippedDevice } from '../core/device-report.ts';
import { compileScope } from '../core/match-scope.ts';
import { type Plan, type PlanBuilder, type PlannedDevice, planBuilder } from '../core/plan.ts';
import {
  listingFailed,
  tooManyDevices,
  unknownDevices,
  unsupportedDevices,
} from '../core/problems.ts';
import type { Problem, Run } from '../core/run.ts';
import { groupIdsOf, idsOf } from '../core/scope.ts';
import { isUnsupported } from '../core/skip-rules.ts';
import { planOfTargets } from './plan-of-targets.ts';
import type { Log, Ports } from './ports.ts';
import { readGroups } from './read-groups.ts';

type CollectPorts = Pick<Ports, 'directory' | 'ledger' | 'clock'>;

/** What the plan could not be made for; the run ends with it and nothing was sent. */
export class PlanRefusedError extends Error {
  override readonly name = 'PlanRefusedError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** A run that is planned, and what it sends. */
interface Wanted {
  readonly run: Run;
  readonly command: Command;
}

/** A list may be this much shorter than Intune's own count: devices come and go meanwhile. */
export const MAX_SHORTFALL = 0.01;

/**
 * Collects who gets a command in a run and who does not, from where the run says.
 *
 * @param signOfLife called between the steps of a long list
 * @throws PlanRefusedError, ListingError
 */
export async function collectPlan(
  ports: CollectPorts,
  wanted: Wanted,
  signOfLife: () => Promise<void>,
  log: Log,
): Promise<Plan> {
  const { run } = wanted;
  const plan =
    run.source.kind === 'scope'
      ? await planOfScope(ports, wanted, signOfLife, log)
      : await planOfRun(ports, run.source, signOfLife);
  const toSend = plan.devices.filter(({ result }) => result === undefined).length;
  if (run.maxDevices !== undefined && toSend > run.maxDevices) {
    throw new PlanRefusedError(tooManyDevices(toSend, run.maxDevices));
  }
  return plan;
}

async function planOfScope(
  ports: CollectPorts,
  { run, command }: Wanted,
  signOfLife: () => Promise<void>,
  log: Log,
): Promise<Plan> {
  const { directory, clock } = ports;
  const { targets, unsupported } = command;
  if (targets !== undefined) return planOfTargets(directory, targets, signOfLife);
  const groups = await readGroups(directory, groupIdsOf(run.scope), signOfLife);
  const now = clock.now();
  const match = compileScope(run.scope, { now, groups });
  const builder = planBuilder({ match, skip: run.skip, unsupported, now });
  const ids = idsOf(run.scope);
  if (ids === undefined) await addFleet(directory, builder, signOfLife, log);
  else await addDevices(directory, builder, { ids, isStrict: run.strict }, signOfLife);
  const plan = builder.build();
  if (ids !== undefined && run.strict) refuseUnsupported(plan);
  return plan;
}

/** @throws PlanRefusedError when the plan has a device to which the command cannot be sent */
function refuseUnsupported({ skipped }: Plan): void {
  const unsupported = skipped.filter(({ reason }) => isUnsupported(reason));
  if (unsupported.length > 0) throw new PlanRefusedError(unsupportedDevices(unsupported));
}

async function addFleet(
  directory: Ports['directory'],
  builder: PlanBuilder,
  signOfLife: () => Promise<void>,
  log: Log,
): Promise<void> {
  for await (const page of directory.listDevices()) {
    for (const device of page) builder.add(device);
    await signOfLife();
  }
  const expected = await directory.countEnrolled(signOfLife);
  const listed = builder.countSeen();
  if (expected === undefined) log.warn('Intune did not say how many devices are enrolled');
  else if (listed < expected * (1 - MAX_SHORTFALL)) {
    const why = `The list has ${listed} devices, while Intune counts ${expected} as enrolled.`;
    throw new PlanRefusedError(listingFailed(why));
  }
}

async function addDevices(
  directory: Ports['directory'],
  builder: PlanBuilder,
  { ids, isStrict }: { ids: readonly string[]; isStrict: boolean },
  signOfLife: () => Promise<void>,
): Promise<void> {
  const unknown: string[] = [];
  for await (const { found, missing } of directory.getDevices(ids)) {
    for (const device of found) builder.add(device);
    unknown.push(...missing);
    await signOfLife();
  }
  if (isStrict && unknown.length > 0) throw new PlanRefusedError(unknownDevices(unknown));
  for (const id of unknown) builder.addMissing(id);
}

/** The devices of another run: all that a dry run planned, or those with certain outcomes. */
async function planOfRun(
  { ledger }: Pick<Ports, 'ledger'>,
  source: Exclude<Run['source'], { kind: 'scope' }>,
  signOfLife: () => Promise<void>,
): Promise<Plan> {
  if (source.kind === 'retry') {
    const devices: PlannedDevice[] = [];
    for await (const page of ledger.eachDevice(source.runId, source.outcomes)) {
      // Also a device that was not found gets a command: to try again is what was asked for.
      devices.push(...page.map(toPlannedDevice).map(({ result: _result, ...device }) => device));
      await signOfLife();
    }
    return { devices, skipped: [] };
  }
  const plan: { devices: PlannedDevice[]; skipped: Plan['skipped'][number][] } = {
    devices: [],
    skipped: [],
  };
  for await (const page of ledger.eachDevice(source.runId)) {
    for (const report of page) {
      const skipped = toSkippedDevice(report);
      if (skipped === undefined) plan.devices.push(toPlannedDevice(report));
      else plan.skipped.push(skipped);
    }
    await signOfLife();
  }
  return plan;
}

import { Option } from 'commander';
import { type Run, plannedDevices } from '../api/run-document.ts';
import type { Delivery, Selection } from '../api/start-body.ts';
import type { AddCommand } from '../command.ts';
import { CONFIRM_ABOVE_DEVICES, confirm } from '../confirm.ts';
import { UsageError } from '../errors.ts';
import { type ExitCode, exitCodeOfRun } from '../exit-code.ts';
import { makePlan } from '../make-plan.ts';
import { oneOf } from '../option-values.ts';
import { renderPlanContents } from '../render/plan.ts';
import { renderRunReport } from '../render/run-report.ts';
import { fromPlanCommand } from '../render/shell-command.ts';
import { parseRunId } from '../run-argument.ts';
import type { ScopeOptions } from '../scope/scope-options.ts';
import type { Session } from '../session.ts';
import {
  type StartOptions,
  addKeyOption,
  addStartOptions,
  readDelivery,
  readSelection,
  selectionOptionsUsed,
} from '../start-options.ts';
import { startRun } from '../start-run.ts';
import { watchStarted } from '../watch-run.ts';

interface SyncOptions extends StartOptions {
  fromPlan?: string;
  onOverlap?: 'reject' | 'coalesce';
  yes?: true;
  watch: boolean;
}

const overlaps = ['reject', 'coalesce'] as const;

/** `sync`: start a run, and follow it. */
export const addSync: AddCommand = (program, perform) => {
  const command = program.command('sync').description('make devices check in');
  const scope = addStartOptions(command);
  addKeyOption(command);
  command
    .option('--from-plan <run>', 'run exactly the plan that fleet-sync plan made', parseRunId)
    .addOption(
      new Option(
        '--on-overlap <what>',
        'when a run is open: reject, or coalesce with it',
      ).argParser(oneOf(overlaps)),
    )
    .option('--yes', `do not ask before a sync of over ${CONFIRM_ABOVE_DEVICES} devices`)
    .option('--watch', 'follow the run to its end', true)
    .option('--no-watch', 'only start the run')
    .action(perform((session, options: SyncOptions) => sync(session, options, scope)));
};

async function sync(
  session: Session,
  options: SyncOptions,
  scope: ScopeOptions,
): Promise<ExitCode> {
  const key = options.idempotencyKey ?? session.context.newKey();
  const delivery = readDelivery(options);
  const wanted = await readWanted(options, scope);
  const plan = needsPlan(wanted, options)
    ? await planFor(session, wanted, delivery, key)
    : undefined;
  if (plan !== undefined && plan.status !== 'planned') {
    session.result(plan, renderRunReport);
    return exitCodeOfRun(plan);
  }
  if (plan !== undefined) await confirmPlan(session, plan, delivery);
  const selected = plan === undefined ? wanted : { fromPlan: plan.id };
  const { onOverlap } = options;
  const body = { ...selected, ...delivery, ...(onOverlap === undefined ? {} : { onOverlap }) };
  return watchStarted(session, await startRun(session, body, key), options.watch);
}

type Wanted = Selection | { fromPlan: string };

async function readWanted(options: SyncOptions, scope: ScopeOptions): Promise<Wanted> {
  const { fromPlan } = options;
  if (fromPlan === undefined) return readSelection(options, scope);
  const [used] = selectionOptionsUsed(options, scope);
  if (used === undefined) return { fromPlan };
  throw new UsageError(`The plan has settled which devices: leave out ${used}, or --from-plan.`);
}

/** Whether the number of devices has to be found out first: a few named ones are few anyway. */
function needsPlan(wanted: Wanted, { yes }: SyncOptions): boolean {
  if (yes) return false;
  const ids =
    'fromPlan' in wanted ? undefined : (wanted.deviceActions ?? wanted.scope?.['deviceIds']);
  return !Array.isArray(ids) || ids.length > CONFIRM_ABOVE_DEVICES;
}

/** A repeated command has to find its own plan again, hence a key that follows from the run's. */
function planFor(session: Session, wanted: Wanted, delivery: Delivery, key: string): Promise<Run> {
  if ('fromPlan' in wanted) return session.api().getRun(wanted.fromPlan);
  return makePlan(session, { ...wanted, ...delivery }, `${key}-plan`);
}

function confirmPlan(session: Session, plan: Run, delivery: Delivery): Promise<void> {
  return confirm(session, {
    devices: plannedDevices(plan),
    details: renderPlanContents(plan),
    command: fromPlanCommand(plan.id, delivery),
  });
}

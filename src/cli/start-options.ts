import { type Command, Option } from 'commander';
import {
  type ActionOptions,
  actionOptionsUsed,
  addActionOptions,
  readAction,
} from './action-options.ts';
import type { Delivery, Selection, SkipBody } from './api/start-body.ts';
import { headerText, oneOf, someText, wholeNumber } from './option-values.ts';
import { type ScopeOptions, addScopeOptions } from './scope/scope-options.ts';

/** Options of every command that starts a run of chosen devices. */
export interface StartOptions extends ActionOptions {
  reason?: string;
  urgent?: true;
  mode?: 'perDevice' | 'bulk';
  renudge?: true;
  maxDevices?: number;
  timeoutMinutes?: number;
  strict?: true;
  skipSyncedWithin?: number;
  skipEnrolledWithin?: number;
  skipStale?: number;
  idempotencyKey?: string;
}

const modes = ['perDevice', 'bulk'] as const;

/** Adds the options that say which devices and how. */
export function addStartOptions(command: Command): ScopeOptions {
  const scope = addScopeOptions(command);
  addSkipOptions(command);
  addActionOptions(command);
  command
    .optionsGroup('Options:')
    .option('--reason <text>', 'why, for the report', someText)
    .option('--urgent', 'do not wait for other runs')
    .addOption(new Option('--mode <mode>', modes.join(', ')).argParser(oneOf(modes)))
    .option('--renudge', 'send once more to devices that are silent when they are first looked at')
    .option('--max-devices <n>', 'refuse a plan with more devices', wholeNumber(1))
    .option(
      '--timeout-minutes <n>',
      'close the run after so many minutes (default: SYNC_RUN_DEADLINE_HOURS)',
      wholeNumber(1, 10_080),
    )
    .option('--strict', 'refuse the run when a device id cannot be sent to');
  return scope;
}

/** Adds `--idempotency-key`. */
export function addKeyOption(command: Command): void {
  command.option(
    '--idempotency-key <key>',
    'repeating the command with the same key starts no second run (default: a new one each time)',
    headerText,
  );
}

function addSkipOptions(command: Command): void {
  command
    .option('--skip-synced-within <min>', 'checked in within so many minutes', wholeNumber(0))
    .option('--skip-enrolled-within <h>', 'enrolled within so many hours', wholeNumber(0))
    .option('--skip-stale <days>', 'silent for more than so many days', wholeNumber(1));
}

/** What the options say about which devices; fields that were not given are absent. */
export async function readSelection(
  options: StartOptions,
  scopeOptions: ScopeOptions,
): Promise<Selection> {
  const scope = await scopeOptions.read();
  const skip = readSkip(options);
  return {
    ...(await readAction(options)),
    ...(scope === undefined ? {} : { scope }),
    ...(skip === undefined ? {} : { skip }),
    ...(options.strict ? { strict: true } : {}),
    ...(options.maxDevices === undefined ? {} : { maxDevices: options.maxDevices }),
    ...(options.timeoutMinutes === undefined ? {} : { timeoutMinutes: options.timeoutMinutes }),
  };
}

/** What the options say about how; fields that were not given are absent. */
export function readDelivery({ reason, urgent, mode, renudge }: StartOptions): Delivery {
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(urgent ? { priority: 'urgent' } : {}),
    ...(mode === undefined ? {} : { mode }),
    ...(renudge ? { renudge } : {}),
  };
}

/** The options that a plan has settled already, as they were given. */
export function selectionOptionsUsed(options: StartOptions, scope: ScopeOptions): string[] {
  const settled = {
    '--strict': options.strict,
    '--max-devices': options.maxDevices,
    '--timeout-minutes': options.timeoutMinutes,
    '--skip-synced-within': options.skipSyncedWithin,
    '--skip-enrolled-within': options.skipEnrolledWithin,
    '--skip-stale': options.skipStale,
  };
  const used = Object.entries(settled).filter(([, value]) => value !== undefined);
  return [...scope.used(), ...actionOptionsUsed(options), ...used.map(([name]) => name)];
}

function readSkip(options: StartOptions): SkipBody | undefined {
  const { skipSyncedWithin, skipEnrolledWithin, skipStale } = options;
  const skip = {
    ...(skipSyncedWithin === undefined ? {} : { syncedWithinMinutes: skipSyncedWithin }),
    ...(skipEnrolledWithin === undefined ? {} : { enrolledWithinHours: skipEnrolledWithin }),
    ...(skipStale === undefined ? {} : { staleDays: skipStale }),
  };
  return Object.keys(skip).length === 0 ? undefined : skip;
}

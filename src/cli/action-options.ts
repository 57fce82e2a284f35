import { type Command, Option } from 'commander';
import { actions } from '../core/actions/index.ts';
import { configurationManagerAction } from '../core/actions/configuration-manager-action.ts';
import { exchangeConnectorSync } from '../core/actions/exchange-connector-sync.ts';
import { syncDevice } from '../core/actions/sync-device.ts';
import type { ActionBody, DeviceAction } from './api/start-body.ts';
import { oneOf, someText } from './option-values.ts';
import { parseDeviceActions } from './scope/device-action-file.ts';
import { readTextFile } from './scope/read-text-file.ts';

/** Options that say what is sent, and what a failure means for the run. */
export interface ActionOptions {
  action?: string;
  endpoint?: string;
  cmAction?: string;
  /** The name of a file. */
  deviceActions?: string;
  syncType?: string;
  failOnError?: true;
  ignorePartialFailures?: true;
}

const { endpoint } = syncDevice.parameters;
const { configurationManagerAction: cmAction } = configurationManagerAction.parameters;
const { syncType } = exchangeConnectorSync.parameters;

/** Adds the options that say what is sent. */
export function addActionOptions(command: Command): void {
  const option = (flags: string, what: string, values: readonly string[]) =>
    command.addOption(new Option(flags, `${what}${values.join(', ')}`).argParser(oneOf(values)));
  command.optionsGroup('What is sent:');
  option('--action <name>', '', Object.keys(actions));
  option('--endpoint <list>', 'of syncDevice: ', endpoint.values);
  option('--cm-action <name>', 'of configurationManagerAction: ', cmAction.values);
  command.addOption(
    new Option(
      '--device-actions <file>',
      'instead of it and of ids: CSV with the columns Device ID and Action, one of these for each device',
    )
      .argParser(someText)
      .conflicts('cmAction'),
  );
  option('--sync-type <type>', 'of exchangeConnectorSync: ', syncType.values);
  command
    .addOption(
      new Option('--fail-on-error', 'the run has failed when one of its devices has').conflicts(
        'ignorePartialFailures',
      ),
    )
    .option('--ignore-partial-failures', 'it is completedWithErrors then (default)');
}

/**
 * What the options say; fields that were not given are absent.
 *
 * @throws UsageError for a file that cannot be used
 */
export async function readAction(options: ActionOptions): Promise<ActionBody> {
  const { action, endpoint: list, cmAction: clientAction, syncType: type } = options;
  const { deviceActions: choices } = options;
  return {
    ...(action === undefined ? {} : { action }),
    ...(list === undefined ? {} : { endpoint: list }),
    ...(clientAction === undefined ? {} : { configurationManagerAction: clientAction }),
    ...(choices === undefined ? {} : { deviceActions: await readChoices(choices) }),
    ...(type === undefined ? {} : { syncType: type }),
    ...(options.failOnError ? { ignorePartialFailures: false } : {}),
    ...(options.ignorePartialFailures ? { ignorePartialFailures: true } : {}),
  };
}

async function readChoices(file: string): Promise<DeviceAction[]> {
  const text = await readTextFile('--device-actions', file);
  return parseDeviceActions(file, text, cmAction.values);
}

/** The options that were given, by their flags. */
export function actionOptionsUsed(options: ActionOptions): string[] {
  const given = {
    '--action': options.action,
    '--endpoint': options.endpoint,
    '--cm-action': options.cmAction,
    '--device-actions': options.deviceActions,
    '--sync-type': options.syncType,
    '--fail-on-error': options.failOnError,
    '--ignore-partial-failures': options.ignorePartialFailures,
  };
  return Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
}

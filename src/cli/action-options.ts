import { type Command, Option } from 'commander';
import { actions } from '../core/actions/index.ts';
import { configurationManagerAction } from '../core/actions/configuration-manager-action.ts';
import { exchangeConnectorSync } from '../core/actions/exchange-connector-sync.ts';
import { syncDevice } from '../core/actions/sync-device.ts';
import type { ActionBody } from './api/start-body.ts';
import { oneOf } from './option-values.ts';

/** Options that say what is sent, and what a failure means for the run. */
export interface ActionOptions {
  action?: string;
  endpoint?: string;
  cmAction?: string;
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
  option('--sync-type <type>', 'of exchangeConnectorSync: ', syncType.values);
  command
    .addOption(
      new Option('--fail-on-error', 'the run has failed when one of its devices has').conflicts(
        'ignorePartialFailures',
      ),
    )
    .option('--ignore-partial-failures', 'it is completedWithErrors then (default)');
}

/** What the options say; fields that were not given are absent. */
export function readAction(options: ActionOptions): ActionBody {
  const { action, endpoint: list, cmAction: clientAction, syncType: type } = options;
  return {
    ...(action === undefined ? {} : { action }),
    ...(list === undefined ? {} : { endpoint: list }),
    ...(clientAction === undefined ? {} : { configurationManagerAction: clientAction }),
    ...(type === undefined ? {} : { syncType: type }),
    ...(options.failOnError ? { ignorePartialFailures: false } : {}),
    ...(options.ignorePartialFailures ? { ignorePartialFailures: true } : {}),
  };
}

/** The options that were given, by their flags. */
export function actionOptionsUsed(options: ActionOptions): string[] {
  const given = {
    '--action': options.action,
    '--endpoint': options.endpoint,
    '--cm-action': options.cmAction,
    '--sync-type': options.syncType,
    '--fail-on-error': options.failOnError,
    '--ignore-partial-failures': options.ignorePartialFailures,
  };
  return Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
}

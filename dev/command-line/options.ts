import { faultPresetNames } from '../graph-simulator/index.ts';
import { defaultRoles } from '../identity-endpoint/index.ts';
import { choiceOption, fileOption, integerOption, listOption } from './option.ts';

/** Options of what stands around the app: the fleet and how Graph behaves. */
export const environmentOptions = {
  devices: integerOption(
    { placeholder: 'N', help: 'how many devices the fleet has', fallback: 300 },
    { min: 0, max: 1_000_000 },
  ),
  'latency-ms': integerOption(
    { placeholder: 'N', help: 'how long Graph takes to answer, in milliseconds', fallback: 50 },
    { min: 0, max: 60_000 },
  ),
  faults: choiceOption({ help: 'what goes wrong in Graph', fallback: 'none' }, faultPresetNames),
} as const;

/** Options of the app itself. */
export const appOptions = {
  instances: integerOption(
    { placeholder: 'N', help: 'how many instances of the app run', fallback: 1 },
    { min: 1, max: 16 },
  ),
  mode: choiceOption({ help: 'how syncs are sent (SYNC_SEND_MODE)', fallback: 'perDevice' }, [
    'perDevice',
    'bulk',
  ]),
} as const;

/** The app roles in Graph tokens: leave one out to see what a missing permission looks like. */
export const rolesOption = listOption({
  placeholder: 'A,B',
  help: 'app roles that the identity has in Microsoft Graph',
  fallback: defaultRoles,
});

/** The port of the app's API. */
export const portOption = integerOption(
  { placeholder: 'N', help: 'port of the API; 0 takes a free one', fallback: 7071 },
  { min: 0, max: 65_535 },
);

/** Where a demo's result goes. */
export const jsonOption = fileOption('write the result as JSON to this file');

/** Where the app's settings go. */
export const settingsFileOption = fileOption(
  'write the settings of the app to this file, in the form of local.settings.json',
);

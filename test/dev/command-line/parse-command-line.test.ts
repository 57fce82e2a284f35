import { describe, expect, test } from 'vitest';
import {
  appOptions,
  environmentOptions,
  jsonOption,
  portOption,
  rolesOption,
  settingsFileOption,
} from '../../../dev/command-line/options.ts';
import { flagOption } from '../../../dev/command-line/option.ts';
import { parseCommandLine } from '../../../dev/command-line/parse-command-line.ts';
import { UsageError } from '../../../dev/command-line/usage-error.ts';

const table = {
  ...environmentOptions,
  ...appOptions,
  json: jsonOption,
  port: portOption,
  roles: rolesOption,
  'settings-file': settingsFileOption,
  quick: flagOption('does less'),
};

const defaults = {
  devices: 300,
  'latency-ms': 50,
  faults: 'none',
  instances: 1,
  mode: 'perDevice',
  json: undefined,
  port: 7071,
  roles: [
    'DeviceManagementManagedDevices.Read.All',
    'DeviceManagementManagedDevices.PrivilegedOperations.All',
  ],
  'settings-file': undefined,
  quick: false,
};

describe('a command line is read', () => {
  test.each<[string, string[], object]>([
    ['nothing given', [], {}],
    ['no devices', ['--devices', '0'], { devices: 0 }],
    ['the largest fleet', ['--devices=1000000'], { devices: 1_000_000 }],
    ['latency', ['--latency-ms', '250'], { 'latency-ms': 250 }],
    ['instances and mode', ['--instances', '3', '--mode', 'bulk'], { instances: 3, mode: 'bulk' }],
    ['faults', ['--faults', 'severe'], { faults: 'severe' }],
    ['a file', ['--json', 'result.json'], { json: 'result.json' }],
    ['any port', ['--port', '0'], { port: 0 }],
    ['roles, with spaces', ['--roles', 'A, B'], { roles: ['A', 'B'] }],
    ['no roles', ['--roles', ''], { roles: [] }],
    ['a flag', ['--quick'], { quick: true }],
    ['a flag before another option', ['--quick', '--devices', '7'], { quick: true, devices: 7 }],
    ['the last of two', ['--devices', '1', '--devices', '2'], { devices: 2 }],
  ])('%s', (_, args, expected) => {
    expect(parseCommandLine(args, table)).toEqual({ ...defaults, ...expected });
  });

  test.each([[['--help']], [['-h']], [['--devices', '5', '--help']]])(
    '%j asks for help',
    (args) => {
      expect(parseCommandLine(args, table)).toBe('help');
    },
  );
});

describe('a bad command line is refused with the name of the option', () => {
  test.each<[string[], string]>([
    [['--devices', 'many'], '--devices has to be a whole number from 0 to 1000000, not "many".'],
    [['--devices', '1.5'], '--devices has to be a whole number from 0 to 1000000, not "1.5".'],
    [['--devices', ''], '--devices has to be a whole number from 0 to 1000000, not "".'],
    [['--devices=-1'], '--devices has to be a whole number from 0 to 1000000, not "-1".'],
    [['--instances', '0'], '--instances has to be a whole number from 1 to 16, not "0".'],
    [['--port', '65536'], '--port has to be a whole number from 0 to 65535, not "65536".'],
    [['--faults', 'mild'], '--faults has to be one of none, typical, severe, not "mild".'],
    [['--mode', 'Bulk'], '--mode has to be one of perDevice, bulk, not "Bulk".'],
    [['--json', ' '], '--json has to be the path of a file, not an empty text.'],
    [['--roles', 'A,,B'], '--roles has to be words with commas between them, not "A,,B".'],
    [['--device', '5'], "Unknown option '--device'."],
    [['--devices'], "Option '--devices <value>' argument missing."],
    [['--quick=no'], "Option '--quick' does not take an argument."],
    [['extra'], "Unexpected argument 'extra'."],
  ])('%j', (args, message) => {
    expect(() => parseCommandLine(args, table)).toThrow(new UsageError(message));
  });
});

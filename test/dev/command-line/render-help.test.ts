import { expect, test } from 'vitest';
import {
  choiceOption,
  fileOption,
  flagOption,
  integerOption,
} from '../../../dev/command-line/option.ts';
import { renderHelp } from '../../../dev/command-line/render-help.ts';

test('help says how a command is called, what it does and what its options are', () => {
  const help = renderHelp('npm run demo --', 'Syncs a fleet.', {
    devices: integerOption(
      { placeholder: 'N', help: 'how many', fallback: 300 },
      { min: 0, max: 1 },
    ),
    faults: choiceOption({ help: 'what goes wrong', fallback: 'none' }, ['none', 'some']),
    json: fileOption('write the result'),
    quick: flagOption('does less'),
  });

  expect(help.split('\n')).toEqual([
    'npm run demo -- [options]',
    '',
    'Syncs a fleet.',
    '',
    '  --devices N         how many (default 300)',
    '  --faults none|some  what goes wrong (default none)',
    '  --json FILE         write the result',
    '  --quick             does less',
    '  --help              this text',
  ]);
});

import { Option } from 'commander';
import type { SilentDevice } from '../api/device-document.ts';
import type { AddCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { oneOf, wholeNumber } from '../option-values.ts';
import { renderSilentList } from '../render/silent-list.ts';
import type { Session } from '../session.ts';

const formats = ['table', 'json', 'csv'] as const;

interface SilentOptions {
  runs: number;
  format?: (typeof formats)[number];
}

/** `silent`: devices that stayed silent in the last verified runs that included them. */
export const addSilent: AddCommand = (program, perform) => {
  program
    .command('silent')
    .description('list devices that never checked in after the last verified runs')
    .option('--runs <n>', 'in how many runs, 1 to 10', wholeNumber(1, 10), 3)
    .addOption(
      new Option('--format <format>', `${formats.join(', ')} (default: table)`).argParser(
        oneOf(formats),
      ),
    )
    .action(
      perform(async (session, { runs, format }: SilentOptions) => {
        if (format === 'csv') await printCsv(session, runs);
        else {
          const value: SilentDevice[] = [];
          for await (const device of session.api().listSilentDevices(runs)) value.push(device);
          session.result({ value }, (list) =>
            format === 'json' ? JSON.stringify(list, null, 2) : renderSilentList(list.value, runs),
          );
        }
        return exitCodes.done;
      }),
    );
};

/** Held until it is complete: an answer that breaks off is asked for again, from its beginning. */
async function printCsv(session: Session, runs: number): Promise<void> {
  let chunks: Uint8Array[] = [];
  await session.api().readSilentDevicesCsv(runs, async (incoming) => {
    chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
  });
  session.context.stdout.write(Buffer.concat(chunks));
}

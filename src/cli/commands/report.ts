import { Option } from 'commander';
import { deviceOutcomes } from '../../core/device-report.ts';
import type { Device } from '../api/device-document.ts';
import type { Run } from '../api/run-document.ts';
import type { AddCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { oneOf, someText } from '../option-values.ts';
import { renderDeviceList } from '../render/device-list.ts';
import { renderRunReport } from '../render/run-report.ts';
import { runArgument } from '../run-argument.ts';
import { saveFile } from '../save-file.ts';
import type { Session } from '../session.ts';

interface ReportOptions {
  csv?: string;
  outcome?: string;
}

/** What `--json` prints. */
interface Report {
  run: Run;
  /** With `--outcome` and without `--csv`. */
  devices?: Device[];
  /** The file that was written. */
  csv?: string;
}

/** `report RUN`: the run's report, and its devices on the screen or in a file. */
export const addReport: AddCommand = (program, perform) => {
  program
    .command('report')
    .description('show the report of a run; --csv writes its devices to a file')
    .addArgument(runArgument())
    .option('--csv <file>', 'write the devices to this file', someText)
    .addOption(
      new Option(
        '--outcome <outcome>',
        `only the devices with one outcome: ${deviceOutcomes.join(', ')}`,
      ).argParser(oneOf(deviceOutcomes)),
    )
    .action(
      perform(async (session, id: string, options: ReportOptions) => {
        const run = await session.api().getRun(id);
        session.result({ run, ...(await readDevices(session, id, options)) }, renderReport);
        return exitCodes.done;
      }),
    );
};

async function readDevices(
  session: Session,
  id: string,
  { csv, outcome }: ReportOptions,
): Promise<Omit<Report, 'run'>> {
  const api = session.api();
  if (csv !== undefined) {
    await saveFile(csv, (write) => api.readDevicesCsv(id, outcome, write));
    return { csv };
  }
  if (outcome === undefined) return {};
  const devices: Device[] = [];
  for await (const device of api.listDevices(id, outcome)) devices.push(device);
  return { devices };
}

function renderReport({ run, devices, csv }: Report): string {
  return [
    renderRunReport(run),
    ...(devices === undefined ? [] : [renderDeviceList(devices)]),
    ...(csv === undefined ? [] : [`The devices are in ${csv}.`]),
  ].join('\n\n');
}

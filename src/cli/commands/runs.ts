import { Option } from 'commander';
import { finalStatuses, openStatuses } from '../../core/run.ts';
import type { RunQuery } from '../api/api-client.ts';
import type { AddCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { oneOf, someText, wholeNumber } from '../option-values.ts';
import { renderRunList } from '../render/run-list.ts';

const statuses = [...openStatuses, ...finalStatuses];
const triggers = ['schedule', 'http', 'alert', 'retry'] as const;

/** `runs`: the newest runs. */
export const addRuns: AddCommand = (program, perform) => {
  program
    .command('runs')
    .description('list runs, the newest first')
    .addOption(new Option('--status <status>', statuses.join(', ')).argParser(oneOf(statuses)))
    .addOption(new Option('--trigger <trigger>', triggers.join(', ')).argParser(oneOf(triggers)))
    .option('--limit <n>', 'how many (default: 20)', wholeNumber(1, 100))
    .option('--continuation-token <token>', 'older ones, from the end of the last list', someText)
    .action(
      perform(async (session, query: RunQuery) => {
        session.result(await session.api().listRuns(query), renderRunList);
        return exitCodes.done;
      }),
    );
};

import type { AddCommand } from '../command.ts';
import { runArgument } from '../run-argument.ts';
import { watchRun } from '../watch-run.ts';

/** `watch RUN`: follow a run to its end, then show its report. */
export const addWatch: AddCommand = (program, perform) => {
  program
    .command('watch')
    .description('follow a run to its end, then show its report; Ctrl+C leaves the run going')
    .addArgument(runArgument())
    .action(perform((session, id: string) => watchRun(session, id)));
};

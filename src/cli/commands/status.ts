import type { AddCommand } from '../command.ts';
import { exitCodeOfRun, exitCodes } from '../exit-code.ts';
import { renderRunReport } from '../render/run-report.ts';
import { optionalRunArgument } from '../run-argument.ts';

/** `status [RUN]`: a run as it is now. */
export const addStatus: AddCommand = (program, perform) => {
  program
    .command('status')
    .description('show a run as it is now; exits with 1 when it ended with errors')
    .addArgument(optionalRunArgument())
    .action(
      perform(async (session, id: string | undefined) => {
        const api = session.api();
        const run =
          id === undefined ? (await api.listRuns({ limit: 1 })).value[0] : await api.getRun(id);
        session.result(run ?? null, (found) =>
          found === null ? 'There is no run yet.' : renderRunReport(found),
        );
        return run === undefined ? exitCodes.done : exitCodeOfRun(run);
      }),
    );
};

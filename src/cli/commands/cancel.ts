import type { AddCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { runArgument } from '../run-argument.ts';

/** `cancel RUN`: no more sends. */
export const addCancel: AddCommand = (program, perform) => {
  program
    .command('cancel')
    .description('stop a run; what was sent stays sent')
    .addArgument(runArgument())
    .action(
      perform(async (session, id: string) => {
        const run = await session.api().cancelRun(id);
        session.result(
          run ?? { id },
          () =>
            `Run ${id} is being cancelled: nothing is sent later than 5 s from now, and what was sent stays sent.\n` +
            `Its report, within 30 s: fleet-sync watch ${id}`,
        );
        return exitCodes.done;
      }),
    );
};

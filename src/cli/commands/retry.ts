import { Option } from 'commander';
import type { Run } from '../api/run-document.ts';
import type { AddCommand } from '../command.ts';
import { CONFIRM_ABOVE_DEVICES, confirm } from '../confirm.ts';
import { listOf, oneOf } from '../option-values.ts';
import { renderRunReport } from '../render/run-report.ts';
import { runArgument } from '../run-argument.ts';
import type { Session } from '../session.ts';
import { addKeyOption } from '../start-options.ts';
import { underKey } from '../start-run.ts';
import {
  type RetryableOutcome,
  defaultRetryOutcomes,
  retryableOutcomes,
} from '../../core/retry-outcomes.ts';
import { watchStarted } from '../watch-run.ts';

interface RetryOptions {
  outcome?: RetryableOutcome[];
  idempotencyKey?: string;
  yes?: true;
  watch: boolean;
}

/** `retry RUN`: a new run over the devices of one that did not succeed. */
export const addRetry: AddCommand = (program, perform) => {
  const command = program
    .command('retry')
    .description('start a new run over what failed, was cancelled, unknown or silent in one')
    .addArgument(runArgument())
    .addOption(
      new Option('--outcome <outcomes>', `only these: ${retryableOutcomes.join(', ')}`).argParser(
        listOf(oneOf(retryableOutcomes)),
      ),
    )
    .option('--yes', `do not ask before a sync of over ${CONFIRM_ABOVE_DEVICES} devices`)
    .option('--watch', 'follow the new run to its end', true)
    .option('--no-watch', 'only start the new run');
  addKeyOption(command);
  command.action(
    perform(async (session, id: string, options: RetryOptions) => {
      if (!options.yes) await confirmRetry(session, id, options.outcome);
      const key = options.idempotencyKey ?? session.context.newKey();
      const run = await underKey(session, key, () =>
        session.api().retryRun(id, options.outcome, key),
      );
      return watchStarted(session, { run, isNew: true }, options.watch);
    }),
  );
};

async function confirmRetry(
  session: Session,
  id: string,
  chosen: readonly RetryableOutcome[] | undefined,
): Promise<void> {
  const run = await session.api().getRun(id);
  const narrowed = chosen === undefined ? '' : ` --outcome ${chosen.join(',')}`;
  await confirm(session, {
    devices: atMost(run, chosen ?? defaultRetryOutcomes),
    details: renderRunReport(run),
    command: `fleet-sync retry ${id}${narrowed}`,
  });
}

/** How many devices of a run can have one of the outcomes: `error` counts several of them together. */
function atMost({ totals, verification }: Run, outcomes: readonly RetryableOutcome[]): number {
  const isAny = (...wanted: RetryableOutcome[]) => wanted.some((one) => outcomes.includes(one));
  const silent = verification?.findLast(({ at }) => Boolean(at))?.silent ?? 0;
  return (
    (isAny('failed', 'notFound', 'notSupported') ? totals.error : 0) +
    (isAny('cancelled') ? totals.cancelled : 0) +
    (isAny('unknown') ? totals.unknown : 0) +
    (isAny('silent') ? silent : 0)
  );
}

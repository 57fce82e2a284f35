import type { Run } from './api/run-document.ts';
import { type ExitCode, exitCodeOfRun, exitCodes } from './exit-code.ts';
import { followRun } from './follow-run.ts';
import { onInterrupt } from './on-interrupt.ts';
import { createProgress } from './render/progress.ts';
import { renderRunReport } from './render/run-report.ts';
import type { Session } from './session.ts';

/**
 * Shows how a run gets on until it ends, then its report. Ctrl+C leaves the run going.
 *
 * @returns the exit code that tells how the run ended.
 */
export async function watchRun(session: Session, id: string): Promise<ExitCode> {
  const progress = createProgress(session.context);
  const comeBack =
    `The run goes on. Come back to it: fleet-sync watch ${id}\n` +
    `Stop it:                         fleet-sync cancel ${id}`;
  const run = await onInterrupt(session.context, comeBack, () =>
    followRun(session, id, progress.update).finally(progress.stop),
  );
  session.result(run, renderRunReport);
  return exitCodeOfRun(run);
}

/** Watches a run that was just started, or only says how to. */
export async function watchStarted(
  session: Session,
  { run, isNew }: { run: Run; isNew: boolean },
  isWatched: boolean,
): Promise<ExitCode> {
  const { id } = run;
  session.note(isNew ? `Run ${id} is started.` : `Run ${id} was open already; it is the one.`);
  if (isWatched) return watchRun(session, id);
  session.result(run, () => `${id}\n\nSee how it gets on: fleet-sync watch ${id}`);
  return exitCodes.done;
}

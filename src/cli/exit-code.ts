import { type Run, isEnded } from './api/run-document.ts';

/** What the process ends with; scripts rely on these numbers. */
export const exitCodes = {
  /** The command did what it was asked. */
  done: 0,
  /**
   * The run ended, but not well: with errors, failed, cancelled or at its deadline. Or permissions
   * were verified, and are not exactly those that are needed.
   */
  finishedWithErrors: 1,
  /** The command line, a file it names or the environment cannot be used, or nobody confirmed. */
  usage: 2,
  /** The app could not be reached, or refused. */
  refused: 3,
  /** Ctrl+C: 128 + SIGINT, as shells have it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const goodStatuses = ['completed', 'planned'];

/** The exit code that tells how a run ended; a run that is still open is no error. */
export function exitCodeOfRun(run: Pick<Run, 'status'>): ExitCode {
  if (!isEnded(run) || goodStatuses.includes(run.status)) return exitCodes.done;
  return exitCodes.finishedWithErrors;
}

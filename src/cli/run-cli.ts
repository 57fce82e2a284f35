import { type Command, CommanderError } from 'commander';
import type { Perform } from './command.ts';
import type { CliContext } from './context.ts';
import { ApiError, InterruptedError, UnreachableError, UsageError } from './errors.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { createProgram } from './program.ts';
import { errorDocument, renderError } from './render/error.ts';
import { createSession } from './session.ts';

/** Answers that say the input is wrong, rather than that the app refuses. */
const inputStatuses = [400, 413, 415, 422];

/**
 * Carries out one command line.
 *
 * @param args what follows the program's name.
 * @returns the exit code; every expected failure has been told on standard error by then.
 * @throws what nobody expected.
 */
export async function runCli(args: readonly string[], context: CliContext): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;
  const performFor =
    (program: Command): Perform =>
    (work) =>
    async (...commandArgs) => {
      exitCode = await work(createSession(program.opts(), context), ...commandArgs);
    };
  try {
    await createProgram(context, performFor).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, args.includes('--json'), context);
  }
}

function report(error: unknown, isJson: boolean, { stdout, stderr, signal }: CliContext): ExitCode {
  // Commander has told its own errors itself; help and version come here as well.
  const isTold = error instanceof CommanderError;
  if (isTold && error.exitCode === 0) return exitCodes.done;
  const known = signal.aborted && !(error instanceof InterruptedError) ? interrupted(error) : error;
  const exitCode = exitCodeOf(known);
  if (!(known instanceof Error) || exitCode === undefined) throw error;
  if (!isTold) stderr.write(`${renderError(known)}\n`);
  if (isJson)
    stdout.write(`${JSON.stringify({ error: errorDocument(known, exitCode) }, null, 2)}\n`);
  return exitCode;
}

/** Nothing but the abort itself knows more than this; a command with a run says so before. */
function interrupted(cause: unknown): InterruptedError {
  return new InterruptedError('\nInterrupted.', { cause });
}

/** `undefined` for an error that nobody expected. */
function exitCodeOf(error: unknown): ExitCode | undefined {
  if (error instanceof InterruptedError) return exitCodes.interrupted;
  if (error instanceof UsageError || error instanceof CommanderError) return exitCodes.usage;
  if (error instanceof UnreachableError) return exitCodes.refused;
  if (!(error instanceof ApiError)) return undefined;
  return inputStatuses.includes(error.status) ? exitCodes.usage : exitCodes.refused;
}

import type { OptionTable, OptionValues } from './parse-command-line.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { renderHelp } from './render-help.ts';
import { UsageError } from './usage-error.ts';

/** A command: what it is called, what it takes, and what it does. */
export interface Command<Table extends OptionTable> {
  /** How it is called, for example `npm run demo --`. */
  call: string;
  /** What it does, for the help; may have several lines. */
  summary: string;
  options: Table;
  /**
   * @param signal aborted by Ctrl+C (SIGINT) or SIGTERM; the command then cleans up and returns.
   * @returns the exit code.
   */
  run: (options: OptionValues<Table>, signal: AbortSignal) => Promise<number>;
}

/** The exit code of a process that Ctrl+C ended: 128 + SIGINT. */
const interruptedExitCode = 130;

/**
 * Runs a command with this process's arguments and sets the exit code: 2 with a message for bad
 * options, 1 with a message for a failure, 130 when Ctrl+C came in before the command was done. A
 * second Ctrl+C ends the process without waiting.
 */
export async function runCommand<Table extends OptionTable>(
  command: Command<Table>,
): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(interruptedExitCode);
    controller.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  // Whoever read the output is gone (`| head`): as good as Ctrl+C, and not a crash.
  process.stdout.on('error', () => controller.abort());
  try {
    process.exitCode = await run(command, controller.signal);
  } catch (error) {
    process.exitCode = report(error, command.call, controller.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

async function run<Table extends OptionTable>(
  command: Command<Table>,
  signal: AbortSignal,
): Promise<number> {
  const values = parseCommandLine(process.argv.slice(2), command.options);
  if (values !== 'help') return command.run(values, signal);
  console.log(renderHelp(command.call, command.summary, command.options));
  return 0;
}

function report(error: unknown, call: string, signal: AbortSignal): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\nSee ${call} --help`);
    return 2;
  }
  if (signal.aborted) {
    console.error('\nInterrupted; everything is stopped.');
    return interruptedExitCode;
  }
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
}

import type { Command } from 'commander';
import type { ExitCode } from './exit-code.ts';
import type { Session } from './session.ts';

/**
 * Makes a commander action of what a command does: it gets a session before the command's own
 * arguments, and what it returns becomes the exit code.
 */
export type Perform = <Args extends unknown[]>(
  work: (session: Session, ...args: Args) => Promise<ExitCode>,
) => (...args: Args) => Promise<void>;

/** Adds a command to the program. A new command is a file in `commands/` and a line in its index. */
export type AddCommand = (program: Command, perform: Perform) => void;

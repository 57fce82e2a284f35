import { Argument, InvalidArgumentError } from 'commander';
import { isRunId } from '../core/run-id.ts';

const description = 'id of a run, as fleet-sync runs lists them';

/** The argument RUN: text that has not the form of an id is refused before anything is asked. */
export function runArgument(): Argument {
  return new Argument('<run>', description).argParser(parseRunId);
}

/** The argument RUN where it can be left out. */
export function optionalRunArgument(): Argument {
  return new Argument('[run]', `${description}; the newest when left out`).argParser(parseRunId);
}

/** @throws InvalidArgumentError */
export function parseRunId(text: string): string {
  if (isRunId(text)) return text;
  throw new InvalidArgumentError('A run id looks like 8204751514186-8478ac1b.');
}

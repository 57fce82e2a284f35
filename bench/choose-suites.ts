import { UsageError } from '../dev/command-line/usage-error.ts';
import { type Mode, modes, type Suite } from './suite.ts';

/**
 * The suites that a mode has, or those that were named, which run in every mode.
 *
 * @throws UsageError for a name that no suite has
 */
export function chooseSuites(
  suites: readonly Suite[],
  mode: Mode,
  names: readonly string[],
): readonly Suite[] {
  const unknown = names.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown !== undefined) {
    const known = suites.map(({ name }) => name).join(', ');
    throw new UsageError(`--only has to be some of ${known}, not "${unknown}".`);
  }
  if (names.length > 0) return suites.filter(({ name }) => names.includes(name));
  return suites.filter((suite) => modes.indexOf(suite.mode) <= modes.indexOf(mode));
}

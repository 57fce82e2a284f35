import { parseArgs } from 'node:util';
import type { Option, OptionValue } from './option.ts';
import { UsageError } from './usage-error.ts';

/** The options of a command by name, without the leading dashes. */
export type OptionTable = Readonly<Record<string, Option<OptionValue>>>;

/** What a command line said: a value for every option of the table. */
export type OptionValues<Table extends OptionTable> = {
  [Name in keyof Table]: Table[Name] extends Option<infer Value> ? Value : never;
};

/**
 * Reads a command line.
 *
 * @param args what follows the script's name.
 * @returns the values, defaults filled in, or `'help'` when `--help` or `-h` is among the options.
 * @throws UsageError that names the option and says what it should be.
 */
export function parseCommandLine<Table extends OptionTable>(
  args: readonly string[],
  table: Table,
): OptionValues<Table> | 'help' {
  const given = readArgs(args, table);
  if (given['help'] === true) return 'help';

  const values: Record<string, OptionValue> = {};
  for (const [name, option] of Object.entries(table)) {
    const text = given[name];
    values[name] = text === undefined ? option.fallback : parseValue(name, option, String(text));
  }
  return values as OptionValues<Table>;
}

function readArgs(args: readonly string[], table: OptionTable) {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { placeholder }]) => [
      name,
      { type: placeholder === '' ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { ...options, help: { type: 'boolean', short: 'h' } },
    });
    return values as Record<string, string | boolean | undefined>;
  } catch (cause) {
    // Node's first sentence names the option; what follows is about positional arguments.
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${message.split(/\. |\.?\n/)[0]}.`, { cause });
  }
}

function parseValue(name: string, option: Option<OptionValue>, text: string): OptionValue {
  try {
    return option.parse(text);
  } catch (cause) {
    throw new UsageError(`--${name} ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

import { type Command, Option } from 'commander';
import type { ScopeFilter } from '../api/start-body.ts';
import { UsageError } from '../errors.ts';
import { someText } from '../option-values.ts';
import { type ScopePart, buildScope } from './build-scope.ts';
import { parseDeviceFile } from './device-file.ts';
import { readTextFile } from './read-text-file.ts';
import { type ScopeField, scopeFields } from './scope-fields.ts';

/** The scope options of a command, as they were given. */
export interface ScopeOptions {
  /** The options that were used, for example `--platform`. */
  used: () => string[];
  /** @returns the scope, `undefined` for the whole fleet. @throws UsageError */
  read: () => Promise<ScopeFilter | undefined>;
}

interface GivenFile {
  source: string;
  file: string;
}

/** Adds every scope option to a command. */
export function addScopeOptions(command: Command): ScopeOptions {
  const parts: ScopePart[] = [];
  const lists: GivenFile[] = [];
  const scopes: GivenFile[] = [];

  const collect = (into: GivenFile[], source: string) => (file: string) =>
    into.push({ source, file: someText(file) });
  const addFile = (into: GivenFile[], flag: string, placeholder: string, help: string) =>
    command.addOption(new Option(`${flag} <${placeholder}>`, help).argParser(collect(into, flag)));

  command.optionsGroup('Devices (all that is given has to match; lists are any-of):');
  for (const field of scopeFields) addField(command, field, false, parts);
  addFile(lists, '--devices', 'file', 'a list of devices: CSV with a header, or one per line');
  addFile(scopes, '--scope', 'file|json', 'a scope as the API takes it');
  command.optionsGroup('Devices that are left out:');
  for (const field of scopeFields) if (field.isExcludable) addField(command, field, true, parts);
  addFile(lists, '--exclude-devices', 'file', 'a list of devices');

  return {
    used: () => [...parts, ...lists, ...scopes].map(({ source }) => source),
    read: async () => {
      const listed = await Promise.all(lists.map(readList));
      return buildScope(await readScope(scopes), [...parts, ...listed]);
    },
  };
}

function addField(command: Command, field: ScopeField, isExcluded: boolean, into: ScopePart[]) {
  const source = `--${isExcluded ? 'exclude-' : ''}${field.option}`;
  const flags = `${source} <${field.placeholder}>`;
  command.addOption(
    new Option(flags, field.help).argParser((text) =>
      into.push({ source, field: field.field, isExcluded, value: field.read(text) }),
    ),
  );
}

async function readList({ source, file }: GivenFile): Promise<ScopePart> {
  const { field, values } = parseDeviceFile(file, await readTextFile(source, file));
  return { source, field, isExcluded: source === '--exclude-devices', value: values };
}

async function readScope(given: readonly GivenFile[]): Promise<ScopeFilter | undefined> {
  const [scope, another] = given;
  if (scope === undefined) return undefined;
  if (another !== undefined) throw new UsageError('--scope can be given once only.');
  const isInline = scope.file.startsWith('{');
  const name = isInline ? '--scope' : `--scope ${scope.file}`;
  const text = isInline ? scope.file : await readTextFile('--scope', scope.file);
  return parseScope(name, text.replace(/^\uFEFF/, ''));
}

function parseScope(name: string, text: string): ScopeFilter {
  try {
    const scope: unknown = JSON.parse(text);
    if (typeof scope === 'object' && scope !== null && !Array.isArray(scope)) {
      return scope as ScopeFilter;
    }
  } catch {
    // Told below, together with JSON that is no object.
  }
  throw new UsageError(`${name} has to be a JSON object, for example {"platforms":["windows"]}.`);
}

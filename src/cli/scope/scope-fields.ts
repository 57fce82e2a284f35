import { platforms } from '../../core/platform.ts';
import { commaSeparated, listOf, oneOf, someText } from '../option-values.ts';

/** One field of a scope as an option. */
export interface ScopeField {
  /** Its name in the API. */
  field: string;
  /** The option without dashes. */
  option: string;
  placeholder: string;
  help: string;
  /** Whether `--exclude-…` exists as well. */
  isExcludable: boolean;
  /** Reads what one use of the option adds; a text for a field that is no list. */
  read: (text: string) => readonly string[] | string;
}

/** Texts that can have commas themselves are not split at them: the option is repeated instead. */
const one = (text: string) => [someText(text)];
const words =
  <T extends string>(known: readonly T[]) =>
  (text: string) =>
    listOf(oneOf(known))(text, []);

function list(
  option: string,
  field: string,
  placeholder: string,
  help: string,
  read: ScopeField['read'] = commaSeparated,
): ScopeField {
  return { option, field, placeholder, help, isExcludable: true, read };
}

function rarely(field: ScopeField): ScopeField {
  return { ...field, isExcludable: false };
}

function bound(option: string, field: string, help: string): ScopeField {
  const example = `${help}, for example P30D or 2026-01-31`;
  return { option, field, placeholder: 'time', help: example, isExcludable: false, read: someText };
}

/** Every field of a scope. What has no `--exclude-…` can be excluded by `--scope`. */
export const scopeFields: readonly ScopeField[] = [
  list('device-id', 'deviceIds', 'ids', 'Intune device ids'),
  list('device-name', 'deviceNames', 'name', 'a device name, * stands for anything', one),
  list('serial-number', 'serialNumbers', 'numbers', 'serial numbers'),
  list('user', 'userPrincipalNames', 'names', 'user principal names'),
  list('group', 'groupIds', 'ids', 'Entra groups of devices or users, nested ones too'),
  list('platform', 'platforms', 'names', platforms.join(', '), words(platforms)),
  list(
    'ownership',
    'ownership',
    'names',
    'company, personal',
    words(['company', 'personal'] as const),
  ),
  list('compliance', 'complianceStates', 'states', 'compliance states, for example noncompliant'),
  rarely(list('agent', 'managementAgents', 'agents', 'management agents, for example mdm')),
  rarely(list('manufacturer', 'manufacturers', 'name', 'a manufacturer', one)),
  rarely(list('model', 'models', 'name', 'a model', one)),
  rarely(list('category', 'categories', 'name', 'a device category', one)),
  list('os-version', 'osVersions', 'versions', 'beginnings of OS versions, for example 10.0.22'),
  bound('last-sync-older-than', 'lastSyncOlderThan', 'not checked in since'),
  bound('last-sync-newer-than', 'lastSyncNewerThan', 'checked in since'),
  bound('enrolled-before', 'enrolledBefore', 'enrolled before'),
  bound('enrolled-after', 'enrolledAfter', 'enrolled after'),
];

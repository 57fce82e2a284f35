import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Cloud } from './clouds.ts';
import { RuntimeValue, type Value, isList, isObject, isSame, textOf } from './values.ts';

/** What functions may ask about besides their arguments. */
export interface Surroundings {
  readonly path: string;
  readonly cloud: Cloud;
  /** Texts by path, for `loadTextContent` and `loadJsonContent`. */
  readonly files: ReadonlyMap<string, string>;
}

type Builtin = (values: readonly Value[], surroundings: Surroundings) => Value;

/** Stand-ins for what every deployment has. */
const SUBSCRIPTION_ID = '00000000-0000-0000-0000-000000000001';
const TENANT_ID = '00000000-0000-0000-0000-000000000002';
const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;
const GROUP = `${SUBSCRIPTION}/resourceGroups/group`;

/** Functions that make a text of whatever they get, also of what only Azure knows. */
const textual: Readonly<Record<string, Builtin>> = {
  guid: (values) => hash(values).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
  uniqueString: (values) => hash(values).slice(0, 13),
  string: ([value = null]) => textOf(value),
  format: ([pattern = '', ...values]) =>
    textOf(pattern).replaceAll(/\{(\d+)\}/g, (_, at: string) => textOf(values[Number(at)] ?? '')),
  replace: ([text = '', from = '', to = '']) => textOf(text).replaceAll(textOf(from), textOf(to)),
  subscriptionResourceId: ([type = '', ...names]) =>
    `${SUBSCRIPTION}/providers/${textOf(type)}/${names.map(textOf).join('/')}`,
  resourceId: ([type = '', ...names]) =>
    `${GROUP}/providers/${textOf(type)}/${names.map(textOf).join('/')}`,
  toLower: ([text = '']) => textOf(text).toLowerCase(),
  toUpper: ([text = '']) => textOf(text).toUpperCase(),
};

const plain: Readonly<Record<string, Builtin>> = {
  subscription: () => ({ id: SUBSCRIPTION, subscriptionId: SUBSCRIPTION_ID, tenantId: TENANT_ID }),
  resourceGroup: () => ({ id: GROUP, name: 'group', location: 'westeurope' }),
  tenant: () => ({ tenantId: TENANT_ID }),
  environment: (_, { cloud }) => ({ ...cloud }),
  loadTextContent: ([name = ''], surroundings) => contentOf(name, surroundings),
  loadJsonContent: ([name = ''], surroundings) =>
    JSON.parse(contentOf(name, surroundings)) as Value,
  empty: ([value = null]) => isEmpty(value),
  length: ([value = null]) => (isObject(value) ? Object.keys(value).length : lengthOf(value)),
  contains: ([value = null, part = null]) => contains(value, part),
  startsWith: ([text = '', start = '']) => textOf(text).startsWith(textOf(start)),
  join: ([list = [], separator = '']) => listOf(list).map(textOf).join(textOf(separator)),
  concat: (values) =>
    values.every(isList) ? values.flatMap((list) => [...list]) : values.map(textOf).join(''),
  union: (values) => values.reduce((merged, value) => union(merged, value)),
  items: ([value = {}]) => objectEntries(value).map(([key, inner]) => ({ key, value: inner })),
  flatten: ([list = []]) => listOf(list).flatMap(listOf),
  map: ([list = [], call = null]) => listOf(list).map((value) => apply(call, value)),
  filter: ([list = [], call = null]) => listOf(list).filter((value) => apply(call, value) === true),
  range: ([start = 0, count = 0]) =>
    Array.from({ length: Number(count) }, (_, i) => Number(start) + i),
  cidrSubnet: ([network = '', size = 24, index = 0]) =>
    textOf(network).replace(/^(\d+\.\d+)\..*$/, `$1.${textOf(index)}.0/${textOf(size)}`),
};

/**
 * Calls a function of Bicep.
 *
 * @returns a runtime value when the answer depends on what only Azure knows
 * @throws Error for a function that is not known here
 */
export function callBuiltin(
  name: string,
  values: readonly Value[],
  surroundings: Surroundings,
): Value {
  const builtin = textual[name];
  if (builtin !== undefined) return builtin(values, surroundings);
  const other = plain[name];
  if (other === undefined) throw new Error(`${name}() is no function that is known here`);
  const unknown = values.find((value) => value instanceof RuntimeValue);
  if (unknown === undefined) return other(values, surroundings);
  // What Azure fills in is there: a client id, an address.
  return name === 'empty' ? false : new RuntimeValue(`${name}(${textOf(unknown)})`);
}

/** Whether there is such a function. */
export function isBuiltin(name: string): boolean {
  return name in textual || name in plain;
}

function hash(values: readonly Value[]): string {
  return createHash('sha256').update(values.map(textOf).join('\n')).digest('hex');
}

function contentOf(name: Value, { path, files }: Surroundings): string {
  const wanted = posix.join(posix.dirname(path), textOf(name));
  const text = files.get(wanted);
  if (text === undefined) throw new Error(`there is no file ${wanted}`);
  return text;
}

function isEmpty(value: Value): boolean {
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === null || value === '' || (isList(value) && value.length === 0);
}

function lengthOf(value: Value): number {
  return isList(value) || typeof value === 'string' ? value.length : 0;
}

function contains(value: Value, part: Value): boolean {
  if (isObject(value)) return Object.hasOwn(value, textOf(part));
  if (isList(value)) return value.some((element) => isSame(element, part));
  return textOf(value).includes(textOf(part));
}

/** As Bicep's `union`: lists get what they lack; objects are merged inside too, lists in them are not. */
function union(a: Value, b: Value): Value {
  if (!isList(a) || !isList(b)) return merge(a, b);
  return [...a, ...b.filter((value) => !a.some((other) => isSame(other, value)))];
}

function merge(a: Value, b: Value): Value {
  if (!isObject(a) || !isObject(b)) return b;
  const merged: Record<string, Value> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = merged[key];
    merged[key] = before === undefined ? value : merge(before, value);
  }
  return merged;
}

function objectEntries(value: Value): [string, Value][] {
  if (!isObject(value)) throw new Error(`not an object: ${textOf(value)}`);
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function listOf(value: Value): readonly Value[] {
  if (!isList(value)) throw new Error(`not a list: ${textOf(value)}`);
  return value;
}

function apply(call: Value, value: Value): Value {
  if (typeof call !== 'function') throw new Error('a lambda is missing');
  return call(value);
}

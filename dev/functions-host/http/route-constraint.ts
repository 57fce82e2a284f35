import { ConfigurationError } from '../settings/configuration-error.ts';

/** Says whether a path segment satisfies a constraint. */
export type RouteConstraint = (value: string) => boolean;

const GUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;
const MAX_INT = 2n ** 31n;
const MAX_LONG = 2n ** 63n;

/** By name, from the arguments in brackets (learn.microsoft.com, ASP.NET Core route constraints). */
const CONSTRAINTS: Record<string, (args: string) => RouteConstraint> = {
  int: () => (value) => isInteger(value, MAX_INT),
  long: () => (value) => isInteger(value, MAX_LONG),
  bool: () => (value) => /^(?:true|false)$/i.test(value),
  guid: () => (value) => GUID.test(value),
  alpha: () => (value) => /^[a-z]*$/i.test(value),
  decimal: () => isNumber,
  double: () => isNumber,
  float: () => isNumber,
  datetime: () => (value) => !Number.isNaN(Date.parse(value)),
  required: () => (value) => value !== '',
  minlength: (least) => (value) => value.length >= Number(least),
  maxlength: (most) => (value) => value.length <= Number(most),
  length: (range) => {
    const [least = '', most = least] = range.split(',');
    return (value) => value.length >= Number(least) && value.length <= Number(most);
  },
  min: (least) => (value) => isInteger(value, MAX_LONG) && BigInt(value) >= BigInt(least),
  max: (most) => (value) => isInteger(value, MAX_LONG) && BigInt(value) <= BigInt(most),
  range: (range) => {
    const [least = '', most = ''] = range.split(',');
    return (value) =>
      isInteger(value, MAX_LONG) && BigInt(value) >= BigInt(least) && BigInt(value) <= BigInt(most);
  },
  regex: (pattern) => {
    const expression = new RegExp(pattern, 'i');
    return (value) => expression.test(value);
  },
};

/**
 * Reads one constraint, `int` or `length(2,5)`.
 *
 * @param where what holds it, for the error
 * @throws ConfigurationError when the name is unknown
 */
export function parseRouteConstraint(text: string, where: string): RouteConstraint {
  const [, name = '', args = ''] = /^(\w+)(?:\((.*)\))?$/.exec(text) ?? [];
  const create = CONSTRAINTS[name.toLowerCase()];
  if (create !== undefined) return create(args);
  const known = Object.keys(CONSTRAINTS).join(', ');
  throw new ConfigurationError(`${where}: unknown constraint '${text}'; known are ${known}`);
}

function isInteger(value: string, limit: bigint): boolean {
  if (!/^[+-]?\d+$/.test(value)) return false;
  const number = BigInt(value.replace('+', ''));
  return number < limit && number >= -limit;
}

function isNumber(value: string): boolean {
  return value.trim() !== '' && Number.isFinite(Number(value));
}

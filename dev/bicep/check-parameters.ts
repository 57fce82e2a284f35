import type { Finding } from './finding.ts';
import { type BicepFile, type Expression, type Parameter, literalText } from './syntax.ts';
import { type Value, type ValueObject, isList, textOf, typeOf } from './values.ts';

/**
 * Compares what a file is given with what it takes.
 *
 * @param where who gives it, for messages
 * @returns an unknown parameter, a missing one, a wrong type, a value outside the bounds
 */
export function checkParameters(file: BicepFile, given: ValueObject, where: string): Finding[] {
  const declared = new Map(file.parameters.map((parameter) => [parameter.name, parameter]));
  const unknown = Object.keys(given)
    .filter((name) => !declared.has(name))
    .map((name) => `${file.path} has no parameter ${name}`);
  const missing = file.parameters
    .filter(({ name, fallback }) => fallback === undefined && !Object.hasOwn(given, name))
    .map(({ name }) => `${file.path} needs the parameter ${name}`);
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const parameter = declared.get(name);
    return parameter === undefined ? [] : problemsOf(parameter, value);
  });
  return [...unknown, ...missing, ...wrong].map((problem) => ({ where, problem }));
}

/** What is wrong with a value of a parameter. */
export function problemsOf(parameter: Parameter, value: Value): string[] {
  const { name, type, decorators } = parameter;
  if (!isOfType(type, value)) return [`${name} must be ${type}, not ${typeOf(value)}`];
  const bound = (decorator: string) => numberOf(decorators.get(decorator)?.[0]);
  const size = typeof value === 'string' || isList(value) ? value.length : undefined;
  const problems = [
    outside(value, bound('minValue'), bound('maxValue')) ? 'is out of its bounds' : undefined,
    outside(size, bound('minLength'), bound('maxLength')) ? 'has a wrong length' : undefined,
    isAllowed(decorators.get('allowed')?.[0], value) ? undefined : 'is not one of those allowed',
  ];
  return problems.flatMap((problem) =>
    problem === undefined ? [] : [`${name} ${problem}: ${textOf(value)}`],
  );
}

/** Whether a value is of a type as Bicep writes it: `string`, `int`, `string[]`. */
export function isOfType(type: string, value: Value): boolean {
  const actual = typeOf(value);
  if (actual === 'any') return true;
  if (!type.endsWith('[]')) return actual === type;
  return isList(value) && value.every((element) => isOfType(type.slice(0, -2), element));
}

function outside(value: Value | undefined, least = -Infinity, most = Infinity): boolean {
  return typeof value === 'number' && (value < least || value > most);
}

function numberOf(expression: Expression | undefined): number | undefined {
  return expression?.kind === 'literal' && typeof expression.value === 'number'
    ? expression.value
    : undefined;
}

/** Of a list, each element must be allowed. */
function isAllowed(list: Expression | undefined, value: Value): boolean {
  if (list?.kind !== 'array') return true;
  if (isList(value)) return value.every((element) => isAllowed(list, element));
  return list.elements.some(
    (element) => (element.kind === 'literal' ? element.value : literalText(element)) === value,
  );
}

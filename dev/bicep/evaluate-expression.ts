import { type Surroundings, callBuiltin } from './builtins.ts';
import { calculate } from './calculate.ts';
import { BicepError } from './finding.ts';
import type { Expression, Loop } from './syntax.ts';
import { Reference, RuntimeValue, type Value, isList, isObject, isSame, textOf } from './values.ts';

/** What an expression may name, each evaluated when it is first asked for. */
export type Names = ReadonlyMap<string, () => Value>;

export interface Context extends Surroundings {
  readonly names: Names;
}

/**
 * The value of an expression.
 *
 * @throws BicepError when it names what is not there, or asks of a value what it has not
 */
export function evaluate(expression: Expression, context: Context): Value {
  const inner = (part: Expression) => evaluate(part, context);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'text':
      return textFrom(expression.parts, context);
    case 'name':
      return lookUp(expression, context);
    case 'member':
      return memberOf(inner(expression.object), expression.property, expression, context);
    case 'element':
      return elementOf(inner(expression.object), inner(expression.index), expression, context);
    case 'call':
      return guarded(expression, context, () =>
        callBuiltin(expression.callee, expression.arguments.map(inner), context),
      );
    case 'unary':
      return unary(expression, context);
    case 'binary':
      return binary(expression, context);
    case 'conditional': {
      const { condition, consequence, alternative } = expression;
      return inner(isTrue(condition, context) ? consequence : alternative);
    }
    case 'lambda': {
      const { parameter, body } = expression;
      return (value) => evaluate(body, withNames(context, [[parameter, value]]));
    }
    case 'array':
      return expression.elements.map(inner);
    case 'object':
      return Object.fromEntries(
        expression.properties.map(({ key, value }) => [textFrom(key.parts, context), inner(value)]),
      );
    case 'loop':
      return turnsOf(expression, context).map((turn) => evaluate(expression.body, turn));
  }
}

/** The context of each turn of a loop whose condition holds. */
export function turnsOf(loop: Loop, context: Context): Context[] {
  const source = evaluate(loop.source, context);
  if (!isList(source)) fail(loop, context, `a loop over ${textOf(source)}, which is no list`);
  return source
    .map((value, i) => withNames(context, turnNames(loop, value, i)))
    .filter((turn) => loop.condition === undefined || isTrue(loop.condition, turn));
}

function turnNames({ item, index }: Loop, value: Value, i: number): [string, Value][] {
  return index === undefined
    ? [[item, value]]
    : [
        [item, value],
        [index, i],
      ];
}

/** Whether a condition holds; what only Azure knows decides nothing. */
export function isTrue(expression: Expression, context: Context): boolean {
  const value = evaluate(expression, context);
  if (typeof value !== 'boolean') {
    fail(expression, context, `a condition that is ${textOf(value)}, neither true nor false`);
  }
  return value;
}

function withNames(context: Context, more: readonly (readonly [string, Value])[]): Context {
  const names = new Map(context.names);
  for (const [name, value] of more) names.set(name, () => value);
  return { ...context, names };
}

function textFrom(parts: readonly (string | Expression)[], context: Context): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : textOf(evaluate(part, context))))
    .join('');
}

function lookUp(expression: Expression & { kind: 'name' }, context: Context): Value {
  const value = context.names.get(expression.name);
  if (value === undefined) fail(expression, context, `${expression.name} is not declared`);
  return value();
}

function memberOf(object: Value, property: string, at: Expression, context: Context): Value {
  if (object instanceof RuntimeValue) return new RuntimeValue(`${object.path}.${property}`);
  if (object instanceof Reference) return referred(object, property, at, context);
  if (isObject(object) && Object.hasOwn(object, property)) return object[property] ?? null;
  fail(at, context, `there is no ${property} in ${textOf(object).slice(0, 60)}`);
}

function referred(object: Reference, property: string, at: Expression, context: Context): Value {
  if (property === 'id') return object.id;
  const known = object.known[property];
  if (known !== undefined) return known;
  if (property === 'outputs') fail(at, context, `${object.symbol} is not deployed`);
  return new RuntimeValue(`${object.symbol}.${property}`);
}

function elementOf(object: Value, index: Value, at: Expression, context: Context): Value {
  if (object instanceof RuntimeValue) return new RuntimeValue(`${object.path}[${textOf(index)}]`);
  if (!isList(object)) return memberOf(object, textOf(index), at, context);
  const element = object[Number(index)];
  if (element === undefined) fail(at, context, `there is no element ${textOf(index)}`);
  return element;
}

function unary({ operator, operand }: Expression & { kind: 'unary' }, context: Context): Value {
  return operator === '!' ? !isTrue(operand, context) : -Number(evaluate(operand, context));
}

function binary(expression: Expression & { kind: 'binary' }, context: Context): Value {
  const { operator, left, right } = expression;
  const values = () => [evaluate(left, context), evaluate(right, context)] as const;
  switch (operator) {
    case '&&':
      return isTrue(left, context) && isTrue(right, context);
    case '||':
      return isTrue(left, context) || isTrue(right, context);
    case '??':
      return evaluate(left, context) ?? evaluate(right, context);
    case '==':
      return isSame(...values());
    case '!=':
      return !isSame(...values());
    default:
      return guarded(expression, context, () => calculate(operator, ...values()));
  }
}

function guarded(at: Expression, context: Context, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (error instanceof BicepError) throw error;
    fail(at, context, error instanceof Error ? error.message : String(error));
  }
}

function fail(at: { readonly line: number }, context: Context, problem: string): never {
  throw new BicepError(`${context.path}:${at.line}`, problem);
}

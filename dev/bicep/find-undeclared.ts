import { isBuiltin } from './builtins.ts';
import type { Finding } from './finding.ts';
import type { BicepFile, Deployable, Expression } from './syntax.ts';

/** Names that are used and not declared, functions that do not exist, and what is declared and not used. */
export function findUndeclared(file: BicepFile): Finding[] {
  const declared = new Map<string, number>();
  const twice: Finding[] = [];
  for (const { name, line } of declarationsOf(file)) {
    if (declared.has(name)) twice.push(at(file, line, `${name} is declared twice`));
    declared.set(name, line);
  }
  const uses = usesIn(file);
  const used = new Set(uses.map(({ name }) => name));
  const undeclared = uses
    .filter(({ name, isCall }) => (isCall ? !isBuiltin(name) : !declared.has(name)))
    .map(({ name, isCall, line }) =>
      at(file, line, isCall ? `there is no function ${name}` : `${name} is not declared`),
    );
  const unused = [...file.parameters, ...file.variables]
    .filter(({ name }) => !used.has(name))
    .map(({ name, line }) => at(file, line, `${name} is declared and not used`));
  return [...twice, ...undeclared, ...unused];
}

interface Use {
  readonly name: string;
  readonly line: number;
  readonly isCall: boolean;
}

/** Declarations that expressions may name; outputs are not among them. */
function declarationsOf({ parameters, variables, resources, modules }: BicepFile) {
  return [...parameters, ...variables, ...resources, ...modules];
}

function usesIn(file: BicepFile): Use[] {
  const none: ReadonlySet<string> = new Set();
  const expressions = [
    ...file.parameters.flatMap(({ fallback }) => (fallback === undefined ? [] : [fallback])),
    ...file.variables.map(({ value }) => value),
    ...file.outputs.map(({ value }) => value),
    ...[...file.resources, ...file.modules].flatMap(expressionsOf),
  ];
  return expressions.flatMap((expression) => usesBelow(expression, none));
}

function expressionsOf({ loop, condition, body }: Deployable): Expression[] {
  if (loop !== undefined) return [loop];
  return condition === undefined ? [body] : [condition, body];
}

/** @param local what loops and lambdas around it declare */
function usesBelow(expression: Expression, local: ReadonlySet<string>): Use[] {
  const { line } = expression;
  switch (expression.kind) {
    case 'name':
      return local.has(expression.name) ? [] : [{ name: expression.name, line, isCall: false }];
    case 'call':
      return [
        { name: expression.callee, line, isCall: true },
        ...expression.arguments.flatMap((argument) => usesBelow(argument, local)),
      ];
    case 'lambda':
      return usesBelow(expression.body, new Set([...local, expression.parameter]));
    case 'loop': {
      const { source, item, index, condition, body } = expression;
      const inside = new Set([...local, item, ...(index === undefined ? [] : [index])]);
      const inner = condition === undefined ? [body] : [condition, body];
      return [...usesBelow(source, local), ...inner.flatMap((part) => usesBelow(part, inside))];
    }
    default:
      return partsOf(expression).flatMap((part) => usesBelow(part, local));
  }
}

/** The expressions directly inside one that declares nothing. */
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'text':
      return expression.parts.filter((part) => typeof part !== 'string');
    case 'member':
      return [expression.object];
    case 'element':
      return [expression.object, expression.index];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.consequence, expression.alternative];
    case 'array':
      return expression.elements;
    case 'object':
      return expression.properties.flatMap(({ key, value }) => [key, value]);
    default:
      return [];
  }
}

function at(file: BicepFile, line: number, problem: string): Finding {
  return { where: `${file.path}:${line}`, problem };
}

import type { Node } from 'web-tree-sitter';
import { BicepError } from './finding.ts';
import { readExpression, significant } from './read-expression.ts';
import { readConditional, readLoop } from './read-loop.ts';
import type {
  BicepFile,
  Deployable,
  Expression,
  Loop,
  Output,
  Parameter,
  Variable,
} from './syntax.ts';

/**
 * Reads the declarations of a file.
 *
 * @param path the file, for messages
 * @param root its tree, without syntax errors
 * @throws BicepError for what this reader does not know
 */
export function readFile(path: string, root: Node): BicepFile {
  const of = (type: string) => significant(root).filter((node) => node.type === type);
  const [scope] = of('target_scope_assignment').flatMap(significant);
  return {
    path,
    targetScope: scope === undefined ? 'resourceGroup' : scope.text.slice(1, -1),
    parameters: of('parameter_declaration').map((node) => readParameter(path, node)),
    variables: of('variable_declaration').map((node) => readVariable(path, node)),
    resources: of('resource_declaration').map((node) => readDeployable(path, node)),
    modules: of('module_declaration').map((node) => readDeployable(path, node)),
    outputs: of('output_declaration').map((node) => readOutput(path, node)),
  };
}

function readParameter(path: string, node: Node): Parameter {
  const [name, type, fallback] = parts(path, node);
  const before = node.previousNamedSibling;
  const decorators = before?.type === 'decorators' ? significant(before) : [];
  return {
    name,
    line: lineOf(node),
    type: type.text,
    ...(fallback === undefined ? {} : { fallback: readExpression(path, fallback) }),
    decorators: new Map(decorators.map((decorator) => readDecorator(path, decorator))),
  };
}

function readDecorator(path: string, node: Node): [string, readonly Expression[]] {
  const call = node.firstNamedChild;
  const expression = call === null ? undefined : readExpression(path, call);
  if (expression?.kind !== 'call') {
    throw new BicepError(`${path}:${lineOf(node)}`, `not a decorator: ${node.text}`);
  }
  return [expression.callee, expression.arguments];
}

function readVariable(path: string, node: Node): Variable {
  const [name, value] = parts(path, node);
  return { name, line: lineOf(node), value: readExpression(path, value) };
}

function readOutput(path: string, node: Node): Output {
  const [name, type, value] = parts(path, node);
  if (value === undefined) throw new BicepError(`${path}:${lineOf(node)}`, `${name} has no value`);
  return { name, line: lineOf(node), type: type.text, value: readExpression(path, value) };
}

function readDeployable(path: string, node: Node): Deployable {
  const [name, of, body] = parts(path, node);
  if (body === undefined) throw new BicepError(`${path}:${lineOf(node)}`, `${name} has no body`);
  const isLoop = body.type === 'for_statement';
  const loop = isLoop ? readLoop(path, body) : undefined;
  return {
    name,
    line: lineOf(node),
    of: of.text.slice(1, -1),
    isExisting: node.children.some((child) => child.type === 'existing'),
    ...(loop === undefined ? readConditional(path, body) : bodyOf(loop)),
  };
}

function bodyOf(loop: Loop): Pick<Deployable, 'loop' | 'condition' | 'body'> {
  const { condition, body } = loop;
  return { loop, body, ...(condition === undefined ? {} : { condition }) };
}

/** The name of a declaration, what follows it, and what may follow that. */
function parts(path: string, node: Node): [string, Node, Node | undefined] {
  const [name, second, third] = significant(node);
  if (name === undefined || second === undefined) {
    throw new BicepError(`${path}:${lineOf(node)}`, `${node.type} is incomplete`);
  }
  return [name.text, second, third];
}

function lineOf(node: Node): number {
  return node.startPosition.row + 1;
}

import type { Node } from 'web-tree-sitter';
import { BicepError } from './finding.ts';
import { readLoop } from './read-loop.ts';
import { readObject } from './read-object.ts';
import { readText } from './read-text.ts';
import type { Expression } from './syntax.ts';

/** Nodes that the grammar takes whole as the left side of a dot, although Bicep takes their end only. */
const needsParentheses = new Set([
  'unary_expression',
  'binary_expression',
  'ternary_expression',
  'lambda_expression',
]);

/**
 * Turns a node of the tree into an expression.
 *
 * @param path the file, for messages
 * @throws BicepError for what this reader does not know, with the remedy
 */
export function readExpression(path: string, node: Node): Expression {
  const line = node.startPosition.row + 1;
  const read = (child: Node) => readExpression(path, child);
  const parts = significant(node);
  switch (node.type) {
    case 'string':
      return readText(path, node);
    case 'number':
      return { kind: 'literal', line, value: Number(node.text) };
    case 'boolean':
      return { kind: 'literal', line, value: node.text === 'true' };
    case 'null':
      return { kind: 'literal', line, value: null };
    case 'identifier':
      return { kind: 'name', line, name: node.text };
    case 'parenthesized_expression':
      return read(only(path, node));
    case 'array':
      return { kind: 'array', line, elements: parts.map(read) };
    case 'object':
      return readObject(path, node);
    case 'for_statement':
      return readLoop(path, node);
    case 'lambda_expression': {
      const [parameter, body] = pair(path, node);
      return { kind: 'lambda', line, parameter: parameter.text, body: read(body) };
    }
    default:
      return readOperation(path, node);
  }
}

function readOperation(path: string, node: Node): Expression {
  const line = node.startPosition.row + 1;
  const field = (name: string) => readExpression(path, fieldOf(path, node, name));
  switch (node.type) {
    case 'member_expression':
      return {
        kind: 'member',
        line,
        object: readObjectOf(path, node),
        property: fieldOf(path, node, 'property').text,
      };
    case 'subscript_expression':
      return { kind: 'element', line, object: readObjectOf(path, node), index: field('index') };
    case 'call_expression': {
      const list = significant(fieldOf(path, node, 'arguments'));
      return {
        kind: 'call',
        line,
        callee: fieldOf(path, node, 'function').text,
        arguments: list.map((argument) => readExpression(path, argument)),
      };
    }
    case 'unary_expression':
      return {
        kind: 'unary',
        line,
        operator: fieldOf(path, node, 'operator').text,
        operand: field('argument'),
      };
    case 'binary_expression':
      return {
        kind: 'binary',
        line,
        operator: fieldOf(path, node, 'operator').text,
        left: field('left'),
        right: field('right'),
      };
    case 'ternary_expression':
      return {
        kind: 'conditional',
        line,
        condition: field('condition'),
        consequence: field('consequence'),
        alternative: field('alternative'),
      };
    default:
      throw new BicepError(
        `${path}:${line}`,
        `${node.type} is not of the Bicep that is checked here`,
      );
  }
}

function readObjectOf(path: string, node: Node): Expression {
  const object = fieldOf(path, node, 'object');
  if (needsParentheses.has(object.type)) {
    throw new BicepError(
      `${path}:${object.startPosition.row + 1}`,
      `write this in parentheses, since the parser takes it apart otherwise than Bicep does: ${node.text}`,
    );
  }
  return readExpression(path, object);
}

/** The named children that are not comments. */
export function significant(node: Node): Node[] {
  return node.namedChildren.filter((child) => !child.type.endsWith('comment'));
}

function fieldOf(path: string, node: Node, name: string): Node {
  const child = node.childForFieldName(name);
  if (child !== null) return child;
  throw new BicepError(`${path}:${node.startPosition.row + 1}`, `${node.type} has no ${name}`);
}

function only(path: string, node: Node): Node {
  const [child] = significant(node);
  if (child !== undefined) return child;
  throw new BicepError(`${path}:${node.startPosition.row + 1}`, 'empty parentheses');
}

function pair(path: string, node: Node): [Node, Node] {
  const [first, second] = significant(node);
  if (first !== undefined && second !== undefined) return [first, second];
  throw new BicepError(`${path}:${node.startPosition.row + 1}`, `${node.type} is incomplete`);
}

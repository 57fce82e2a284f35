import type { Node } from 'web-tree-sitter';
import { BicepError } from './finding.ts';
import { readExpression, significant } from './read-expression.ts';
import type { Expression, Loop } from './syntax.ts';

/** Reads `[for item in items: body]` and `[for (item, i) in items: if (condition) { … }]`. */
export function readLoop(path: string, node: Node): Loop {
  const line = node.startPosition.row + 1;
  const [head, source, body] = significant(node);
  if (head === undefined || source === undefined || body === undefined) {
    throw new BicepError(`${path}:${line}`, 'a loop without a name, a source or a body');
  }
  const [item, index] = head.type === 'identifier' ? [head] : significant(head);
  return {
    kind: 'loop',
    line,
    item: item?.text ?? '',
    ...(index === undefined ? {} : { index: index.text }),
    source: readExpression(path, source),
    ...readConditional(path, body),
  };
}

/** Reads `if (condition) { … }`, or a body without a condition. */
export function readConditional(
  path: string,
  node: Node,
): { readonly condition?: Expression; readonly body: Expression } {
  if (node.type !== 'if_statement') return { body: readExpression(path, node) };
  const [condition, body] = significant(node);
  if (condition === undefined || body === undefined) {
    throw new BicepError(`${path}:${node.startPosition.row + 1}`, 'an if without its parts');
  }
  return { condition: readExpression(path, condition), body: readExpression(path, body) };
}

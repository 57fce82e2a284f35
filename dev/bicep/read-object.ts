import type { Node } from 'web-tree-sitter';
import { BicepError } from './finding.ts';
import { readExpression, significant } from './read-expression.ts';
import { readText } from './read-text.ts';
import type { Expression, Property } from './syntax.ts';

/** Reads `{ … }`, with the rules that are switched off for a property. */
export function readObject(path: string, node: Node): Expression & { kind: 'object' } {
  const properties: Property[] = [];
  let disabledRules: readonly string[] = [];
  for (const child of node.namedChildren) {
    if (child.type === 'diagnostic_comment') {
      disabledRules = child.text.split(/\s+/).slice(1);
    } else if (child.type === 'object_property') {
      properties.push(readProperty(path, child, disabledRules));
      disabledRules = [];
    }
  }
  return { kind: 'object', line: node.startPosition.row + 1, properties };
}

function readProperty(path: string, node: Node, disabledRules: readonly string[]): Property {
  const line = node.startPosition.row + 1;
  const [key, value] = significant(node);
  if (key === undefined || value === undefined) {
    throw new BicepError(`${path}:${line}`, `a property is incomplete: ${node.text}`);
  }
  return {
    key: key.type === 'string' ? readText(path, key) : { kind: 'text', line, parts: [key.text] },
    value: readExpression(path, value),
    line,
    disabledRules,
  };
}

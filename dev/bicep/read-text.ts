import type { Node } from 'web-tree-sitter';
import { BicepError } from './finding.ts';
import { readExpression, significant } from './read-expression.ts';
import type { Expression } from './syntax.ts';

/** learn.microsoft.com/azure/azure-resource-manager/bicep/data-types#strings */
const escapes: Readonly<Record<string, string>> = {
  '\\\\': '\\',
  "\\'": "'",
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
  '\\$': '$',
};

/** Reads a string: its literal parts, and the expressions in it. */
export function readText(path: string, node: Node): Expression & { kind: 'text' } {
  const line = node.startPosition.row + 1;
  const parts = node.namedChildren.map((child): string | Expression => {
    if (child.type === 'string_content') return child.text;
    if (child.type === 'escape_sequence') return unescape(path, child);
    const [inner] = significant(child);
    if (inner === undefined) throw new BicepError(`${path}:${line}`, 'an empty ${}');
    return readExpression(path, inner);
  });
  return { kind: 'text', line, parts };
}

function unescape(path: string, node: Node): string {
  const known = escapes[node.text];
  if (known !== undefined) return known;
  const code = /^\\u\{([0-9a-f]+)\}$/i.exec(node.text)?.[1];
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
  throw new BicepError(`${path}:${node.startPosition.row + 1}`, `${node.text} is no escape`);
}

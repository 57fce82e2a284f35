import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';
import type { Finding } from './finding.ts';

/** Parses one file; the tree has marked nodes where the text is not Bicep. */
export type Parse = (text: string) => Node;

/** Loads the grammar: a moment's work, to be done once. */
export async function createParser(): Promise<Parse> {
  const { resolve } = createRequire(import.meta.url);
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')));
  return (text) => {
    const tree = parser.parse(withoutExtensions(text));
    if (tree === null) throw new Error('The grammar of Bicep is not loaded.');
    return tree.rootNode;
  };
}

/** The grammar does not know `extension` yet; its lines become comments, so that lines keep their numbers. */
function withoutExtensions(text: string): string {
  return text.replaceAll(/^extension /gm, '//tension ');
}

/** Every place that is not Bicep. */
export function findSyntaxErrors(path: string, root: Node): Finding[] {
  if (!root.hasError) return [];
  return errorsBelow(root).map((node) => ({
    where: `${path}:${node.startPosition.row + 1}`,
    problem: node.isMissing
      ? `${node.type} is missing`
      : `not Bicep: ${node.text.split('\n', 1)[0] ?? ''}`,
  }));
}

function errorsBelow(node: Node): Node[] {
  if (node.isError || node.isMissing) return [node];
  return node.children.flatMap(errorsBelow);
}

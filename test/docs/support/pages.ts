import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The texts of all pages by path, relative to the project, with forward slashes. */
export function readPages(): Map<string, string> {
  const paths = globSync(['*.md', 'docs/**/*.md'], { cwd: root });
  return new Map(
    paths
      .map((path) => path.replaceAll('\\', '/'))
      .toSorted()
      .map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]),
  );
}

/** A file of the project as text. */
export function readText(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}

/** The rows of all tables of a page, each as its cells; heads and rules are rows as well. */
export function rowsOf(page: string): string[][] {
  const lines = page.split('\n').filter((line) => /^\|.*\|$/.test(line));
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

/** What stands in backticks in a cell that has nothing else; `undefined` for any other cell. */
export function codeOf(cell: string | undefined): string | undefined {
  return /^`([^`]*)`$/.exec(cell ?? '')?.[1];
}

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What decides about a deployment: the infrastructure, what the host reads, what goes into the package. */
const patterns = [
  'infra/**/*.{bicep,json,kql}',
  'docs/alerts/*.md',
  'docs/infrastructure.md',
  'azure.yaml',
  'bicepconfig.json',
  'build.ts',
  'host.json',
  'package.json',
  '.funcignore',
];

/** The texts of those files by path, relative to the project, with forward slashes. */
export function readProjectFiles(): Map<string, string> {
  const paths = globSync(patterns, { cwd: root }).map((path) => path.replaceAll('\\', '/'));
  return new Map(paths.toSorted().map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]));
}

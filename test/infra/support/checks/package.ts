import { matchesGlob } from 'node:path/posix';
import { z } from 'zod';
import { literalText } from '../../../../dev/bicep/syntax.ts';
import { type Check, type Infrastructure, MAIN, textAt } from '../infrastructure.ts';
import { differs } from './require.ts';

const packageSchema = z.object({
  main: z.string(),
  engines: z.object({ node: z.string() }),
  devDependencies: z.object({ node: z.string() }),
});

function readPackage(infrastructure: Infrastructure) {
  return packageSchema.parse(JSON.parse(textAt(infrastructure, 'package.json')));
}

/** Node.js by default is what the tests run on; no allowed version is older than what is built for. */
export const nodeVersionsAgree: Check = (infrastructure) => {
  const { engines, devDependencies } = readPackage(infrastructure);
  const parameter = infrastructure.project.bicep
    .get(MAIN)
    ?.parameters.find(({ name }) => name === 'nodeVersion');
  const where = `${MAIN}:${parameter?.line ?? 1}`;
  const list = parameter?.decorators.get('allowed')?.[0];
  const allowed =
    list?.kind === 'array' ? list.elements.map((element) => literalText(element)) : [];
  const target = Number(/target: 'node(\d+)'/.exec(textAt(infrastructure, 'build.ts'))?.[1]);
  const least = Number(/\d+/.exec(engines.node)?.[0]);
  const fallback = parameter?.fallback === undefined ? '' : (literalText(parameter.fallback) ?? '');
  return [
    ...differs(where, 'nodeVersion', fallback, devDependencies.node.split('.')[0] ?? ''),
    ...allowed
      .filter((version) => !(Number(version) >= Math.max(target, least)))
      .map((version) => ({
        where,
        problem: `Node ${version ?? ''} is older than what is built for`,
      })),
  ];
};

/** What must be deployed, and a sample of what must not. */
const inside = ['host.json', 'package.json', 'dist/applicationinsights.cjs'];
const outside = [
  'dist/cli.cjs',
  'src/index.ts',
  'infra/main.bicep',
  'test/infra/infrastructure.test.ts',
  'node_modules/zod/package.json',
  'local.settings.json',
  '.git/config',
];

export const packageIsTheBundle: Check = (infrastructure) => {
  const where = '.funcignore';
  const patterns = textAt(infrastructure, where)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const wanted = [readPackage(infrastructure).main, ...inside];
  return [
    ...wanted
      .filter((path) => isIgnored(path, patterns))
      .map((path) => ({ where, problem: `${path} is not deployed` })),
    ...outside
      .filter((path) => !isIgnored(path, patterns))
      .map((path) => ({ where, problem: `${path} is deployed` })),
  ];
};

/** As `.gitignore`: the last pattern that matches decides, `!` takes back, but not out of an ignored folder. */
function isIgnored(path: string, patterns: readonly string[]): boolean {
  const segments = path.split('/');
  const folders = segments.slice(1).map((_, i) => `${segments.slice(0, i + 1).join('/')}/`);
  return [...folders, path].some((part) => {
    const last = patterns.findLast((pattern) => matches(part, pattern.replace(/^!/, '')));
    return last !== undefined && !last.startsWith('!');
  });
}

/** @param path ends in `/` when it is a folder's */
function matches(path: string, pattern: string): boolean {
  const bare = path.replace(/\/$/, '');
  if (pattern.endsWith('/')) return path === pattern;
  if (pattern.includes('/')) return matchesGlob(bare, pattern.replace(/^\//, ''));
  return pattern === '*' || matchesGlob(bare.split('/').at(-1) ?? '', pattern);
}

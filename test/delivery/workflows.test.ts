import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkWorkflow } from './support/check-workflow.ts';
import { readYaml } from './support/read-yaml.ts';

const project = resolve(import.meta.dirname, '../..');
const folder = join(project, '.github/workflows');
const textOf = (path: string) => readFileSync(join(project, path), 'utf8');

const workflows = readdirSync(folder).map(
  (file) => [file, readFileSync(join(folder, file), 'utf8')] as const,
);

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(textOf('package.json')));

const surroundings = {
  scripts: Object.keys(scripts),
  hasFile: (path: string) => existsSync(join(project, path)),
};

function workflow(name: string): string {
  return workflows.find(([file]) => file === name)?.[1] ?? '';
}

describe('workflows', () => {
  it('check and test, check the infrastructure, deploy, and look for weaknesses', () => {
    expect(workflows.map(([file]) => file).toSorted()).toEqual([
      'ci.yml',
      'codeql.yml',
      'deploy.yml',
      'infra.yml',
    ]);
  });

  it.each(workflows)('%s can be read and breaks no rule', (_, text) => {
    expect(checkWorkflow(text, surroundings)).toEqual([]);
  });

  it('use the same commit of an action everywhere', () => {
    const uses = workflows.flatMap(([, text]) => [
      ...text.matchAll(/uses: ([\w-]+\/[\w-]+)[\w/-]*@(.*)$/gm),
    ]);
    const pins = new Map<string, Set<string>>();
    for (const [, action = '', pin = ''] of uses) {
      pins.set(action, (pins.get(action) ?? new Set()).add(pin));
    }
    expect([...pins].filter(([, versions]) => versions.size > 1)).toEqual([]);
  });

  it('test on the versions of Node.js that can be deployed', () => {
    const allowed = /@allowed\(\[([^\]]*)\]\)\s*param nodeVersion/.exec(
      textOf('infra/main.bicep'),
    )?.[1];
    expect(/node: \[(.*)\]/.exec(workflow('ci.yml'))?.[1]?.match(/\d+/g)).toEqual(
      allowed?.match(/\d+/g),
    );
  });

  it('deploy what was packaged and tested, and build nothing where they may deploy', () => {
    const { jobs } = z
      .object({ jobs: z.record(z.string(), z.looseObject({ steps: z.array(z.unknown()) })) })
      .parse(readYaml(workflow('deploy.yml')));
    const { package: packaging, deploy } = jobs;
    expect(JSON.stringify(packaging?.steps)).toMatch(
      /npm ci.*npm run check.*npm test.*npm run package/,
    );
    expect(deploy).toMatchObject({ needs: 'package', environment: 'production' });
    expect(JSON.stringify(deploy?.steps)).not.toMatch(/npm|checkout/);
  });
});

describe('dependabot', () => {
  it('keeps packages, actions and the dev container current', () => {
    const { updates } = z
      .object({ updates: z.array(z.looseObject({ 'package-ecosystem': z.string() })) })
      .parse(readYaml(textOf('.github/dependabot.yml')));
    const names = updates.map((update) => update['package-ecosystem']);
    expect(names).toEqual(['npm', 'github-actions', 'devcontainers']);
  });
});

/** A mistake in a workflow: what is replaced by what, and what is said of it. */
const mistakes: [file: string, from: string, to: string, said: string][] = [
  ['ci.yml', 'contents: read', 'contents: write', 'more permissions'],
  ['ci.yml', '  pull_request:', '  pull_request_target:', 'triggered by pull_request_target'],
  ['ci.yml', 'npm run check', 'npm run checks', 'no script checks'],
  ['ci.yml', 'persist-credentials: false', 'fetch-depth: 0', 'keeps its credentials'],
  ['ci.yml', 'run: npm ci', 'run: echo ${{ github.head_ref }}', 'an expression into a command'],
  ['ci.yml', '    timeout-minutes: 30\n', '', 'timeout-minutes'],
  ['ci.yml', 'steps:', 'stepps:', 'steps'],
  ['codeql.yml', '9e907b5e64f6b83e7804b09294d44122997950d6 # v4.32.3', 'v4', 'is not pinned'],
  ['codeql.yml', 'security-events: write', 'packages: write', 'packages: write without need'],
  ['infra.yml', 'infra/main.bicep', 'infra/mian.bicep', 'no file infra/mian.bicep'],
  ['deploy.yml', 'vars.AZURE_CLIENT_ID', 'secrets.AZURE_CLIENT_ID', 'uses a secret'],
  ['deploy.yml', 'vars.APP_NAME', 'vars.PASSWORD', 'the variable PASSWORD'],
  ['deploy.yml', '    environment: production\n', '', 'id-token: write without need'],
];

describe('a mistake in a workflow', () => {
  it.each(mistakes)('is found: in %s, %j for %j', (file, from, to, said) => {
    const text = workflow(file).replaceAll(from, () => to);
    expect(text).not.toBe(workflow(file));
    expect(checkWorkflow(text, surroundings).join('\n')).toContain(said);
  });

  it.each([
    ['a: b: c', 'line 1'],
    ['a:\n  b: c\n   d: e', 'line 3'],
    ['a: b\na: c', 'line 2'],
    ['a: "b"', 'line 1'],
    ['a: |', 'line 1'],
    ['- a\nb', 'line 2'],
    ['\ta: b', 'line 1'],
  ])('that makes it unreadable is found: %j', (text, where) => {
    expect(() => readYaml(text)).toThrow(where);
  });
});

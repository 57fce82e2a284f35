import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalApp, startLocalApp } from '../support/local-app.ts';

const root = resolve(import.meta.dirname, '../..');
const cli = join(root, 'dist/cli.cjs');
const roles = [
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementManagedDevices.PrivilegedOperations.All',
  'DeviceManagementServiceConfig.ReadWrite.All',
];

/** Ids in the pages; each stands for a device of the fleet. */
const exampleIds = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

interface Example {
  readonly page: string;
  readonly text: string;
}

/** What a page says in blocks of a language, one by one. */
async function examplesIn(page: string, language: string): Promise<Example[]> {
  const text = await readFile(join(root, 'docs', page), 'utf8');
  const blocks = text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'));
  return [...blocks].map(([, block = '']) => ({ page, text: block }));
}

const pages = ['migrate-from-terraform.md', 'migrate-from-the-runbook.md'];
const of = async (language: string) =>
  (await Promise.all(pages.map((page) => examplesIn(page, language)))).flat();

const bodies = await of('json');
const commands = (await of('sh')).flatMap(({ page, text }) =>
  text
    .trim()
    .split('\n')
    .map((line) => ({ page, text: line })),
);

let app: LocalApp;
let directory: string;
let ids: string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fleet-sync-pages-'));
  const fleet = { devices: 60, coManagedShare: 0.5 };
  app = await startLocalApp({
    graph: { fleet },
    identity: { roles },
    settings: { SYNC_WRITES_PER_SECOND: '9' },
  });
  ids = await coManagedDevices();
  await writeFile(join(directory, 'devices.txt'), ids.join('\n'));
  const rows = ids.map((id, n) => `${id},${n === 0 ? 'refreshMachinePolicy' : 'appEvaluation'}`);
  await writeFile(join(directory, 'actions.csv'), ['Device ID,Action', ...rows].join('\n'));
});
afterAll(async () => {
  await app.close();
  await rm(directory, { recursive: true, force: true });
});

/** Two devices that every example can be about. */
async function coManagedDevices(): Promise<string[]> {
  const response = await fetch(`${app.environment.graph.controlUrl}/devices?limit=60`);
  const devices = (await response.json()) as {
    id: string;
    managementAgent: string;
    managementState: string;
  }[];
  const able = devices.filter(
    ({ managementAgent, managementState }) =>
      managementAgent === 'configurationManagerClientMdm' && managementState === 'managed',
  );
  return able.slice(0, 2).map(({ id }) => id);
}

/** Runs a line of a page as it stands there, with the command line that was built. */
function runLine(line: string): Promise<{ code: number; output: string }> {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, word]) => quoted ?? word ?? '',
  );
  const [, , ...args] = words;
  const { PATH = '' } = process.env;
  const env = { PATH, FLEET_SYNC_URL: app.host.url, FLEET_SYNC_KEY: app.host.functionKey };
  return new Promise((done) => {
    execFile(process.execPath, [cli, ...args], { env, cwd: directory }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

describe('the examples of the migration pages', { timeout: 120_000 }, () => {
  it('are some', () => {
    expect({ bodies: bodies.length, commands: commands.length }).toEqual({
      bodies: 4,
      commands: 10,
    });
    expect(commands.every(({ text }) => text.startsWith('npx fleet-sync '))).toBe(true);
  });

  it.each(bodies)('start a run that does it: $page $text', async ({ text }) => {
    const body = exampleIds.reduce((json, id, n) => json.replaceAll(id, ids[n] ?? ''), text);
    const run = await app.untilRun(await app.startRun(JSON.parse(body) as object));
    const asked = JSON.parse(body) as { scope?: object; action?: string };

    expect(run).toMatchObject({
      status: 'completed',
      action: asked.action ?? 'syncDevice',
      ...(asked.action === 'exchangeConnectorSync'
        ? { note: { code: 'noExchangeConnectors' }, totals: { totalDevices: 0 } }
        : {}),
    });
  });

  it.each(commands)('are carried out: $page $text', async ({ text }) => {
    const { code, output } = await runLine(text);

    expect({ code, output }).toEqual({ code: 0, output: expect.any(String) as string });
  });
});

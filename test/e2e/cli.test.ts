import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalApp, type RunDocument, startLocalApp, until } from '../support/local-app.ts';

const cli = resolve(import.meta.dirname, '../../dist/cli.cjs');

let app: LocalApp;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fleet-sync-cli-'));
  const settings = { SYNC_WRITES_PER_SECOND: '9' };
  app = await startLocalApp({ graph: { fleet: { devices: 40 } }, settings });
});
afterAll(async () => {
  await app.close();
  await rm(directory, { recursive: true, force: true });
});

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as an operator does; nobody is at the terminal. */
function fleetSync(args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const { PATH = '' } = process.env;
  const env = { PATH, FLEET_SYNC_URL: app.host.url, FLEET_SYNC_KEY: app.host.functionKey };
  return new Promise((done) => {
    const options = { env: { ...env, ...environment }, cwd: directory };
    execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      done({ code, stdout, stderr });
    });
  });
}

describe('the command line', { timeout: 120_000 }, () => {
  it('shows a plan, and the command that runs it', async () => {
    const { code, stdout } = await fleetSync(['plan', '--platform', 'windows']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/windows +\d+/);
    expect(stdout).toMatch(/fleet-sync sync --from-plan \d{13}-[0-9a-f]{8}/);
  });

  it('syncs, watches to the end, and writes the report to a file', async () => {
    const { code, stdout } = await fleetSync(['sync', '--yes', '--watch', '--json']);
    const run = JSON.parse(stdout) as RunDocument;
    const file = join(directory, 'devices.csv');
    const report = await fleetSync(['report', run.id, '--csv', file]);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\r\n');

    expect(run.status).toBe('completed');
    expect(code).toBe(0);
    expect(report.code).toBe(0);
    expect(lines).toHaveLength(41);
  });

  it('syncs the devices of a file, cancels, and lists the runs', async () => {
    const { value } = (await (await app.fetch('/api/runs?limit=1')).json()) as {
      value: RunDocument[];
    };
    const devices = await app.devicesOf(value[0]?.id ?? '', 'accepted');
    const list = join(directory, 'devices.txt');
    await writeFile(list, `${devices.slice(0, 3).join('\n')}\n`);
    const started = await fleetSync(['sync', '--devices', list, '--yes', '--json', '--no-watch']);
    const { id } = JSON.parse(started.stdout) as RunDocument;
    const cancelled = await fleetSync(['cancel', id]);
    await app.untilRun(id);
    const again = await fleetSync(['cancel', id]);
    const status = await fleetSync(['status', id, '--json']);
    const runs = await fleetSync(['runs']);

    expect([cancelled.code, again.code, status.code]).toEqual([0, 3, 1]);
    expect(JSON.parse(status.stdout)).toMatchObject({ id, status: 'cancelled' });
    expect(runs.stdout).toContain(id);
  });

  it('tries again what was cancelled', async () => {
    const { graph } = app.environment;
    const before = graph.statistics().writes;
    const id = await app.startRun();
    await until(() => Promise.resolve(graph.statistics().writes > before ? true : undefined));
    await fleetSync(['cancel', id]);
    await app.untilRun(id);
    const cancelled = await app.devicesOf(id, 'cancelled');
    const { code, stdout } = await fleetSync(['retry', id, '--yes', '--watch', '--json']);
    const retried = JSON.parse(stdout) as RunDocument;

    expect(cancelled.length).toBeGreaterThan(0);
    expect(code).toBe(0);
    expect(retried).toMatchObject({ trigger: 'retry', status: 'completed' });
    expect(await app.devicesOf(retried.id, 'accepted')).toEqual(cancelled);
  });

  it('refuses bad input with 2, naming it, and starts nothing', async () => {
    const before = await (await app.fetch('/api/runs?limit=100')).text();
    const outcomes = await Promise.all([
      fleetSync(['sync', '--wipe']),
      fleetSync(['sync', '--yes', '--platform', 'amiga']),
      fleetSync(['sync', '--yes', '--last-sync-older-than', '30 days']),
      fleetSync(['sync', '--yes', '--device-id', '1234']),
      fleetSync(['sync', '--yes', '--scope', '{"platform": ["windows"]}']),
      fleetSync(['sync', '--devices', 'missing.csv']),
    ]);

    expect(outcomes.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(outcomes.every(({ stderr }) => stderr.length > 10)).toBe(true);
    expect(outcomes[4].stderr).toContain('platform');
    expect(await (await app.fetch('/api/runs?limit=100')).text()).toBe(before);
  });

  it('says with 3 that it was refused, or that nobody answers', async () => {
    const refused = await fleetSync(['runs'], { FLEET_SYNC_KEY: 'wrong' });
    const nobody = await fleetSync(['runs'], { FLEET_SYNC_URL: 'http://127.0.0.1:9' });

    expect([refused.code, nobody.code]).toEqual([3, 3]);
    expect(refused.stderr).not.toContain('wrong');
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { aGoodRun, aPlan, aRunningRun, runId } from './support/a-run.ts';
import { type App, anApp, functionKey } from './support/an-app.ts';

const script = new URL('../../src/cli/main.ts', import.meta.url).pathname;

function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const end = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return {
    child,
    outcome: async () => {
      const [exit, stdout, stderr] = await end;
      return { exitCode: exit[0] as number | null, stdout, stderr };
    },
  };
}

const environmentOf = ({ url }: App) => ({ FLEET_SYNC_URL: url, FLEET_SYNC_KEY: functionKey });

test('the program says its version', async () => {
  expect(await start(['--version']).outcome()).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    stderr: '',
  });
});

test('without a command it shows the help, with exit code 2', async () => {
  expect(await start([]).outcome()).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('Usage: fleet-sync [options] [command]') as string,
  });
});

test('it does what it is told, with the environment it has', async () => {
  const app = await anApp(aGoodRun());
  const { exitCode, stdout } = await start(
    ['status', runId, '--json'],
    environmentOf(app),
  ).outcome();
  expect({ exitCode, run: JSON.parse(stdout) as unknown }).toEqual({
    exitCode: 0,
    run: aGoodRun(),
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a watch, not the run', async (signal) => {
  const app = await anApp(aRunningRun());
  const { child, outcome } = start(['watch', runId], environmentOf(app));
  await once(child.stderr, 'data');
  child.kill(signal);
  expect(await outcome()).toEqual({
    exitCode: 130,
    stdout: '',
    stderr: expect.stringContaining(`Come back to it: fleet-sync watch ${runId}`) as string,
  });
});

test('without a terminal nothing is asked: over 1,000 devices are refused', async () => {
  const app = await anApp(aPlan(2000));
  const { outcome } = start(['sync', '--from-plan', runId], environmentOf(app));
  expect(await outcome()).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('there is no terminal to ask on') as string,
  });
  expect(app.requests.map(({ call }) => call)).toEqual([`GET /api/runs/${runId}`]);
});

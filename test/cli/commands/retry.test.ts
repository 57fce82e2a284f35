import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/cli/api/run-document.ts';
import { aGoodRun, aRun, retryId, runId } from '../support/a-run.ts';
import { type App, anApp } from '../support/an-app.ts';
import { callCli, jsonOf } from '../support/call-cli.ts';

const args = ['retry', runId];
const retry = `POST /api/runs/${runId}/retry`;

async function anAppWith(run: Run): Promise<App> {
  const app = await anApp(run);
  app.runs.set(retryId, [aGoodRun({ id: retryId, trigger: 'retry' })]);
  return app;
}

const posts = (app: App) => app.requests.filter(({ call }) => call.startsWith('POST'));

/** A run after which so many devices are left over. */
function aBadRun(error: number, unknown: number, silent: number): Run {
  const totals = { ...aRun().totals, totalDevices: 5000, success: 4000, error, unknown };
  const looks = [
    { dueAt: 'a', at: '2026-11-21T08:15:00Z', checkedIn: 0, silent: 9000 },
    { dueAt: 'b', at: '2026-11-21T09:00:00Z', checkedIn: 1, silent },
    { dueAt: 'c', at: null },
  ];
  return aRun({ totals, verification: looks });
}

describe('a retry', () => {
  test('starts a new run over what did not succeed, and follows it', async () => {
    const app = await anAppWith(aRun());
    const result = await callCli(app, [...args, '--json']);
    expect(result.exitCode).toBe(0);
    expect(jsonOf(result)).toMatchObject({ id: retryId, trigger: 'retry' });
    expect(posts(app)).toMatchObject([{ call: retry, body: {}, idempotencyKey: 'key-1' }]);
  });

  test('can be narrowed to outcomes', async () => {
    const app = await anAppWith(aRun());
    await callCli(app, [...args, '--outcome', 'failed,Silent', '--outcome', 'unknown']);
    expect(posts(app)).toMatchObject([{ body: { outcomes: ['failed', 'silent', 'unknown'] } }]);
  });

  test('with --no-watch is only started', async () => {
    const app = await anAppWith(aRun());
    const { stdout } = await callCli(app, [...args, '--no-watch', '--idempotency-key', 'mine']);
    expect(stdout).toBe(`${retryId}\n\nSee how it gets on: fleet-sync watch ${retryId}\n`);
    expect(posts(app)).toMatchObject([{ idempotencyKey: 'mine' }]);
  });

  test('with --yes reads nothing first', async () => {
    const app = await anAppWith(aBadRun(900, 100, 500));
    await callCli(app, [...args, '--yes', '--no-watch']);
    expect(app.requests.map(({ call }) => call)).toEqual([retry]);
  });

  test.each([
    ['all outcomes together', [], 'Sync 1,500 devices? [y/N] '],
    ['those that are chosen', ['--outcome', 'failed,silent'], 'Sync 1,400 devices? [y/N] '],
  ])('of over 1,000 devices asks, counting %s', async (_, options, question) => {
    const app = await anAppWith(aBadRun(900, 100, 500));
    const { questions, exitCode } = await callCli(app, [...args, ...options], { answer: 'y' });
    expect({ questions, exitCode }).toEqual({ questions: [question], exitCode: 0 });
  });

  test('of over 1,000 devices is refused without a terminal', async () => {
    const app = await anAppWith(aBadRun(900, 200, 0));
    const { exitCode, stderr } = await callCli(app, [...args, '--outcome', 'failed,unknown']);
    expect({ exitCode, posts: posts(app) }).toEqual({ exitCode: 2, posts: [] });
    expect(stderr).toContain(`  fleet-sync retry ${runId} --outcome failed,unknown --yes\n`);
  });

  test('knows its outcomes', async () => {
    const app = await anAppWith(aRun());
    const { exitCode, stderr } = await callCli(app, [...args, '--outcome', 'accepted']);
    expect({ exitCode, requests: app.requests }).toEqual({ exitCode: 2, requests: [] });
    expect(stderr).toContain(
      'It has to be one of failed, cancelled, unknown, silent, notFound, notSupported.',
    );
  });
});

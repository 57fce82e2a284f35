import { describe, expect, test } from 'vitest';
import { aGoodRun, aRun, aRunningRun, runId } from '../support/a-run.ts';
import { aProblem, anApp } from '../support/an-app.ts';
import { callCli, jsonOf } from '../support/call-cli.ts';

describe('the status of a run', () => {
  test('is its report as it is now', async () => {
    const app = await anApp(aRunningRun());
    const { exitCode, stdout } = await callCli(app, ['status', runId]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('  pending    150\n');
    expect(stdout).toContain('130 + 0 + 20 + 0 + 0 + 150 = 300: the ledger adds up');
    expect(app.requests.map(({ call }) => call)).toEqual([`GET /api/runs/${runId}`]);
  });

  test.each([
    ['an open run', aRunningRun(), 0],
    ['a good run', aGoodRun(), 0],
    ['a run with errors', aRun(), 1],
  ])('of %s exits with %3$i', async (_, run, exitCode) => {
    expect(await callCli(await anApp(run), ['status', runId])).toMatchObject({ exitCode });
  });

  test('without an id is that of the newest run', async () => {
    const app = await anApp(aRun());
    const result = await callCli(app, ['status', '--json']);
    expect(jsonOf(result)).toEqual(aRun());
    expect(app.requests.map(({ call }) => call)).toEqual(['GET /api/runs?limit=1']);
  });

  test('without an id and without a run says so', async () => {
    const app = await anApp();
    app.runs.clear();
    expect(await callCli(app, ['status'])).toMatchObject({
      exitCode: 0,
      stdout: 'There is no run yet.\n',
    });
    expect(jsonOf(await callCli(app, ['status', '--json']))).toBeNull();
  });

  test('of an unknown run is refused', async () => {
    const app = await anApp();
    app.runs.clear();
    expect(await callCli(app, ['status', runId])).toMatchObject({
      exitCode: 3,
      stderr: 'Not found (HTTP 404)\nThere is no run with this id.\n',
    });
  });

  test.each(['..', '1', `${runId}/cancel`])('of %j is not asked for', async (id) => {
    const app = await anApp();
    const { exitCode, stderr } = await callCli(app, ['status', id]);
    expect({ exitCode, requests: app.requests }).toEqual({ exitCode: 2, requests: [] });
    expect(stderr).toContain('A run id looks like 8204751514186-8478ac1b.');
  });

  test('that the API refuses is its problem, also as JSON', async () => {
    const app = await anApp();
    app.next = [aProblem(403, 'Forbidden', { detail: 'FleetSync.Read is missing.' })];
    expect(jsonOf(await callCli(app, ['status', runId, '--json']))).toEqual({
      error: {
        message: 'FleetSync.Read is missing.',
        exitCode: 3,
        status: 403,
        title: 'Forbidden',
      },
    });
  });
});

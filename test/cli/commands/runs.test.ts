import { describe, expect, test } from 'vitest';
import { aGoodRun, aRun, retryId } from '../support/a-run.ts';
import { anApp } from '../support/an-app.ts';
import { callCli, jsonOf } from '../support/call-cli.ts';

describe('the list of runs', () => {
  test('is a table', async () => {
    const app = await anApp(aRun());
    app.runs.set(retryId, [aGoodRun({ id: retryId, trigger: 'retry', reason: null })]);
    expect(await callCli(app, ['runs'])).toMatchObject({
      exitCode: 0,
      stdout: `  run                     created                  trigger  status               devices  success  error  reason
  8204751514186-8478ac1b  2026-11-21 08:00:00 UTC  http     completedWithErrors      300      276      4  drill
  8204751510000-0000beef  2026-11-21 08:00:00 UTC  retry    completed                300      280      0
`,
    });
  });

  test('can be narrowed', async () => {
    const app = await anApp();
    const filter = ['--status', 'FAILED', '--trigger', 'alert', '--limit', '5'];
    await callCli(app, ['runs', ...filter, '--continuation-token', 'a b&c']);
    expect(app.requests.map(({ call }) => call)).toEqual([
      'GET /api/runs?status=failed&trigger=alert&continuationToken=a+b%26c&limit=5',
    ]);
  });

  test('says how to go on', async () => {
    const app = await anApp();
    app.next = [{ status: 200, body: { value: [aRun()], continuationToken: 'next' } }];
    const { stdout } = await callCli(app, ['runs']);
    expect(stdout).toContain('Older ones: the same command with --continuation-token next\n');
  });

  test('may be empty', async () => {
    const app = await anApp();
    app.runs.clear();
    expect((await callCli(app, ['runs'])).stdout).toBe('There is no such run.\n');
  });

  test('is the page as the API has it with --json', async () => {
    const page = { value: [aRun()], continuationToken: 'next' };
    const app = await anApp();
    app.next = [{ status: 200, body: page }];
    expect(jsonOf(await callCli(app, ['--json', 'runs']))).toEqual(page);
  });

  test.each([
    [['--limit', '101'], 'It has to be a whole number from 1 to 100.'],
    [['--status', 'done'], 'It has to be one of planning, running, planned,'],
    [['--trigger', 'me'], 'It has to be one of schedule, http, alert, retry.'],
  ])('refuses %j', async (options, message) => {
    const { exitCode, stderr } = await callCli(await anApp(), ['runs', ...options]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

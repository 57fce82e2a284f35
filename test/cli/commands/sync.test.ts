import { describe, expect, test } from 'vitest';
import { aGoodRun, aPlan, aRun, aRunningRun, planId, runId } from '../support/a-run.ts';
import { aStopAfter } from '../support/a-stop.ts';
import { type App, aProblem, anApp, functionKey } from '../support/an-app.ts';
import { callCli, jsonOf } from '../support/call-cli.ts';

const planning = aRunningRun({ id: planId, status: 'planning', dryRun: true });

/** An app whose dry runs plan so many devices. */
async function anAppPlanning(devices: number): Promise<App> {
  const app = await anApp(aRunningRun(), aGoodRun());
  app.runs.set(planId, [planning, planning, aPlan(devices)]);
  return app;
}

const posts = (app: App) => app.requests.filter(({ call }) => call.startsWith('POST'));
const bodies = (app: App) => posts(app).map(({ body }) => body);

describe('a sync with --yes', () => {
  test('starts the run at once and follows it', async () => {
    const app = await anApp(aRunningRun(), aRunningRun(), aGoodRun());
    const args = ['sync', '--yes', '--platform', 'Windows', '--reason', 'drill', '--urgent'];
    const { exitCode, stdout, stderr } = await callCli(app, args);
    expect(app.requests[0]).toEqual({
      call: 'POST /api/runs',
      key: functionKey,
      idempotencyKey: 'key-1',
      body: { scope: { platforms: ['windows'] }, reason: 'drill', priority: 'urgent' },
    });
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`Run ${runId} is started.`);
    expect(stdout).toContain('280 + 0 + 20 + 0 + 0 = 300: the ledger adds up');
  });

  test('of the whole fleet sends an empty body', async () => {
    const app = await anApp();
    await callCli(app, ['sync', '--yes', '--no-watch']);
    expect(bodies(app)).toEqual([{}]);
  });

  test('passes every option on', async () => {
    const app = await anApp();
    await callCli(app, [
      ...['sync', '--yes', '--no-watch', '--mode', 'bulk', '--max-devices', '500', '--strict'],
      ...['--timeout-minutes', '90'],
      ...['--skip-synced-within', '15', '--skip-enrolled-within', '2', '--skip-stale', '30'],
      ...['--idempotency-key', 'mine', '--on-overlap', 'coalesce'],
    ]);
    expect(posts(app)).toMatchObject([
      {
        idempotencyKey: 'mine',
        body: {
          mode: 'bulk',
          maxDevices: 500,
          timeoutMinutes: 90,
          strict: true,
          skip: { syncedWithinMinutes: 15, enrolledWithinHours: 2, staleDays: 30 },
          onOverlap: 'coalesce',
        },
      },
    ]);
  });

  test.each([
    ['completed', 0],
    ['completedWithErrors', 1],
    ['failed', 1],
    ['cancelled', 1],
    ['timedOut', 1],
  ])('whose run ends as %s exits with %i', async (status, exitCode) => {
    const app = await anApp(aRun({ status }));
    expect(await callCli(app, ['sync', '--yes'])).toMatchObject({ exitCode });
  });

  test('says when it got a run that was open already', async () => {
    const app = await anApp(aGoodRun());
    app.next = [{ status: 200, body: aRunningRun() }];
    const { stderr } = await callCli(app, ['sync', '--yes', '--on-overlap', 'coalesce']);
    expect(stderr).toContain(`Run ${runId} was open already; it is the one.`);
  });

  test('and --json prints the run as the API has it, and nothing else', async () => {
    const app = await anApp(aRunningRun(), aRun());
    const result = await callCli(app, ['sync', '--yes', '--json']);
    expect(result.exitCode).toBe(1);
    expect(jsonOf(result)).toEqual(aRun());
  });

  test('and --no-watch prints the id and how to come back', async () => {
    const app = await anApp(aRunningRun());
    const result = await callCli(app, ['sync', '--yes', '--no-watch']);
    expect(result).toMatchObject({
      exitCode: 0,
      stdout: `${runId}\n\nSee how it gets on: fleet-sync watch ${runId}\n`,
      stderr: `Run ${runId} is started.\n`,
    });
    expect(app.requests).toHaveLength(1);
  });

  test('that is refused for an open run shows why', async () => {
    const app = await anApp();
    app.next = [aProblem(409, 'A run is open', { detail: 'Run 1 is open.' })];
    expect(await callCli(app, ['sync', '--yes'])).toMatchObject({
      exitCode: 3,
      stderr: 'A run is open (HTTP 409)\nRun 1 is open.\n',
    });
  });

  test('that may or may not have started says how to find out', async () => {
    const app = await anApp();
    app.next = ['reset', 'reset', 'reset', 'reset'];
    const { exitCode, stderr } = await callCli(app, ['sync', '--yes']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(
      'Repeat the command with --idempotency-key key-1: it starts no second',
    );
  });

  test('that Ctrl+C ends leaves the run going', async () => {
    const app = await anApp(aRunningRun());
    const { exitCode, stdout, stderr } = await callCli(app, ['sync', '--yes'], aStopAfter(1));
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
    expect(stderr).toContain(`The run goes on. Come back to it: fleet-sync watch ${runId}`);
    expect(posts(app)).toHaveLength(1);
  });
});

describe('a sync without --yes', () => {
  test('plans first, and runs exactly that plan', async () => {
    const app = await anAppPlanning(280);
    const args = ['sync', '--platform', 'iOS', '--mode', 'bulk', '--strict'];
    const { exitCode, questions } = await callCli(app, args, { answer: '' });
    expect({ exitCode, questions }).toEqual({ exitCode: 0, questions: [] });
    expect(posts(app)).toMatchObject([
      {
        idempotencyKey: 'key-1-plan',
        body: { scope: { platforms: ['iOS'] }, strict: true, mode: 'bulk', dryRun: true },
      },
      { idempotencyKey: 'key-1', body: { fromPlan: planId, mode: 'bulk' } },
    ]);
  });

  test('needs no plan to know that a few ids are few', async () => {
    const app = await anApp(aGoodRun());
    const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    await callCli(app, ['sync', '--device-id', id]);
    expect(bodies(app)).toEqual([{ scope: { deviceIds: [id] } }]);
  });

  test('of 1,000 devices asks nothing, of 1,001 it does', async () => {
    const asked = async (devices: number) =>
      (await callCli(await anAppPlanning(devices), ['sync'], { answer: 'y' })).questions;
    expect([await asked(1000), await asked(1001)]).toEqual([[], ['Sync 1,001 devices? [y/N] ']]);
  });

  test.each(['y', 'Y', 'yes', ' yes '])('goes on when the answer is %j', async (answer) => {
    const app = await anAppPlanning(2000);
    const { exitCode, stderr } = await callCli(app, ['sync'], { answer });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('  devices to sync  2,000');
    expect(bodies(app)).toEqual([{ dryRun: true }, { fromPlan: planId }]);
  });

  test.each(['', 'n', 'no', 'yep'])('starts nothing when the answer is %j', async (answer) => {
    const app = await anAppPlanning(2000);
    const { exitCode, stderr, stdout } = await callCli(app, ['sync', '--urgent'], { answer });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(
      `Nothing was sent. To sync them later:\n  fleet-sync sync --from-plan ${planId} --urgent\n`,
    );
    expect(bodies(app)).toEqual([{ priority: 'urgent', dryRun: true }]);
  });

  test('and without a terminal refuses over 1,000 devices', async () => {
    const app = await anAppPlanning(2000);
    const { exitCode, stderr, questions } = await callCli(app, ['sync']);
    expect({ exitCode, questions }).toEqual({ exitCode: 2, questions: [] });
    expect(stderr).toMatch(
      'Nothing was sent: 2,000 devices are over 1000, and there is no terminal to ask on. To sync them:\n' +
        `  fleet-sync sync --from-plan ${planId} --yes\n`,
    );
    expect(bodies(app)).toEqual([{ dryRun: true }]);
  });

  test('and without a terminal syncs 1,000', async () => {
    const app = await anAppPlanning(1000);
    expect(await callCli(app, ['sync'])).toMatchObject({ exitCode: 0 });
  });

  test('shows a plan that failed, and starts nothing', async () => {
    const app = await anApp();
    const problem = { code: 'tooMany', title: 'Too many', detail: 'There are 400 of them.' };
    app.runs.set(planId, [planning, aPlan(400, { status: 'failed', problem })]);
    const { exitCode, stdout } = await callCli(app, ['sync', '--max-devices', '300']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('problem    Too many. There are 400 of them.');
    expect(posts(app)).toHaveLength(1);
  });

  test('that Ctrl+C ends while it plans has sent nothing', async () => {
    const app = await anAppPlanning(2000);
    const { exitCode, stderr } = await callCli(app, ['sync'], aStopAfter(0));
    expect(exitCode).toBe(130);
    expect(stderr).toContain('Nothing was sent; the plan ends by itself.');
  });

  test('that Ctrl+C ends at the question has sent nothing', async () => {
    const app = await anAppPlanning(2000);
    const controller = new AbortController();
    const { exitCode, stderr } = await callCli(app, ['sync'], {
      isTTY: true,
      signal: controller.signal,
      ask: () => {
        controller.abort();
        return Promise.reject(controller.signal.reason as Error);
      },
    });
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/\n\nNothing was sent\.\n$/);
    expect(bodies(app)).toEqual([{ dryRun: true }]);
  });
});

describe('a sync --from-plan', () => {
  const args = ['sync', '--from-plan', planId];

  test('with --yes runs the plan', async () => {
    const app = await anAppPlanning(2000);
    const { exitCode } = await callCli(app, [...args, '--yes', '--reason', 'go']);
    expect(exitCode).toBe(0);
    expect(bodies(app)).toEqual([{ fromPlan: planId, reason: 'go' }]);
  });

  test('reads the plan to know whether to ask', async () => {
    const app = await anApp(aGoodRun());
    app.runs.set(planId, [aPlan(1500)]);
    const { questions } = await callCli(app, args, { answer: 'yes' });
    expect(questions).toEqual(['Sync 1,500 devices? [y/N] ']);
    expect(bodies(app)).toEqual([{ fromPlan: planId }]);
  });

  test.each([
    ['--platform', 'iOS'],
    ['--strict'],
    ['--max-devices', '5'],
    ['--skip-stale', '5'],
    ['--scope', '{}'],
  ])('does not go with %s', async (...option) => {
    const app = await anApp();
    expect(await callCli(app, [...args, ...option])).toMatchObject({
      exitCode: 2,
      stderr: `The plan has settled which devices: leave out ${option[0]}, or --from-plan.\n`,
    });
    expect(app.requests).toEqual([]);
  });
});

describe('bad options', () => {
  test.each([
    [['--max-devices', '0'], 'It has to be a whole number from 1.'],
    [['--max-devices', 'many'], 'It has to be a whole number from 1.'],
    [['--skip-synced-within', '-1'], 'It has to be a whole number from 0.'],
    [['--mode', 'fast'], 'It has to be one of perDevice, bulk.'],
    [['--platform', 'linux'], 'It has to be one of windows, macOS, iOS,'],
    [['--reason', ' '], 'It has to be a text that is not empty.'],
    [['--idempotency-key', 'a b'], 'It has to be 1 to 200 ASCII characters without spaces.'],
    [['--from-plan', 'x'], 'A run id looks like 8204751514186-8478ac1b.'],
    [['--key', 'k'], "unknown option '--key'"],
    [['everything'], 'too many arguments'],
  ])('%j', async (options, message) => {
    const app = await anApp();
    const { exitCode, stdout, stderr } = await callCli(app, ['sync', '--yes', ...options]);
    expect({ exitCode, stdout, requests: app.requests }).toEqual({
      exitCode: 2,
      stdout: '',
      requests: [],
    });
    expect(stderr).toContain(message);
  });
});

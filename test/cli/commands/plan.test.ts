import { describe, expect, test } from 'vitest';
import { aPlan, aRunningRun, planId } from '../support/a-run.ts';
import { anApp } from '../support/an-app.ts';
import { callCli, jsonOf } from '../support/call-cli.ts';

async function anAppPlanning(...looks: Parameters<typeof aPlan>[1][]) {
  const app = await anApp();
  app.runs.set(planId, [
    aRunningRun({ id: planId, status: 'planning' }),
    ...looks.map((changes) => aPlan(2000, changes)),
  ]);
  return app;
}

describe('a plan', () => {
  test('is a dry run, shown with the command that runs exactly it', async () => {
    const app = await anAppPlanning({});
    const args = ['plan', '--platform', 'windows,iOS', '--urgent', '--reason', "it's time"];
    const { exitCode, stdout, stderr } = await callCli(app, args);
    expect(app.requests[0]).toMatchObject({
      call: 'POST /api/runs',
      idempotencyKey: 'key-1',
      body: {
        scope: { platforms: ['windows', 'iOS'] },
        priority: 'urgent',
        reason: "it's time",
        dryRun: true,
      },
    });
    expect(exitCode).toBe(0);
    expect(stderr).toBe('Planning: the fleet is listed, nothing is sent.\n');
    expect(stdout).toBe(`Nothing was sent. This is what a run would do:
  plan             ${planId}
  devices to sync  2,000
  skipped          20
  calls            100
  estimated time   4 min 10 s

By platform
  windows  1,999  PC-1, PC-2, …
  iOS          1  PHONE

Skipped, by reason
  unsupportedPlatform  12
  unsupportedAgent      8

Run exactly this plan, until 2026-11-21 09:00:02 UTC:
  fleet-sync sync --from-plan ${planId} --urgent --reason 'it'\\''s time'
`);
  });

  test('never asks, however many devices there are', async () => {
    const app = await anAppPlanning({});
    const { questions } = await callCli(app, ['plan'], { answer: 'n' });
    expect(questions).toEqual([]);
  });

  test('is the run as the API has it with --json', async () => {
    const app = await anAppPlanning({});
    expect(jsonOf(await callCli(app, ['plan', '--json']))).toEqual(aPlan(2000));
  });

  test('that failed exits with 1 and says why', async () => {
    const problem = { code: 'x', title: 'No such group', detail: 'Group 1 does not exist.' };
    const app = await anAppPlanning({ status: 'failed', problem });
    const { exitCode, stdout } = await callCli(app, ['plan']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('  problem    No such group. Group 1 does not exist.');
    expect(stdout).not.toContain('--from-plan');
  });

  test('has no option that only a sync has', async () => {
    const app = await anApp();
    const { exitCode, stderr } = await callCli(app, ['plan', '--yes']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("unknown option '--yes'");
  });
});

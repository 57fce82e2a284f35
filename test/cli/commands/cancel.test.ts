import { expect, test } from 'vitest';
import { aRunningRun, runId } from '../support/a-run.ts';
import { aProblem, anApp } from '../support/an-app.ts';
import { callCli, jsonOf } from '../support/call-cli.ts';

const args = ['cancel', runId];

test('a run is cancelled with one POST', async () => {
  const app = await anApp(aRunningRun());
  const { exitCode, stdout } = await callCli(app, args);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('what was sent stays sent');
  expect(stdout).toContain(`fleet-sync watch ${runId}`);
  expect(app.requests.map(({ call }) => call)).toEqual([`POST /api/runs/${runId}/cancel`]);
});

test('--json prints the run as the API answers it', async () => {
  const app = await anApp(aRunningRun());
  expect(jsonOf(await callCli(app, [...args, '--json']))).toEqual(aRunningRun());
});

test('--json prints the id when the answer has no run', async () => {
  const app = await anApp();
  app.next = [{ status: 202, body: '' }];
  expect(jsonOf(await callCli(app, [...args, '--json']))).toEqual({ id: runId });
});

test('a run that has ended is refused', async () => {
  const app = await anApp();
  app.next = [aProblem(409, 'The run has ended', { detail: 'It is completed.' })];
  expect(await callCli(app, args)).toMatchObject({
    exitCode: 3,
    stderr: 'The run has ended (HTTP 409)\nIt is completed.\n',
  });
});

test('a run has to be named', async () => {
  const { exitCode, stderr } = await callCli(await anApp(), ['cancel']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("missing required argument 'run'");
});

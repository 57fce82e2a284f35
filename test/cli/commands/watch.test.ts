import { describe, expect, test } from 'vitest';
import { aGoodRun, aRun, aRunningRun, runId } from '../support/a-run.ts';
import { aStopAfter } from '../support/a-stop.ts';
import { type Reply, aProblem, anApp } from '../support/an-app.ts';
import { callCli, jsonOf } from '../support/call-cli.ts';

const args = ['watch', runId];

describe('watching a run', () => {
  test('looks every 2 s, writes a line every 5 s, and ends with the report', async () => {
    const running = Array.from({ length: 6 }, () => aRunningRun());
    const app = await anApp(...running, aGoodRun());
    const { exitCode, stdout, stderr, waits } = await callCli(app, args);
    expect({ exitCode, waits }).toEqual({ exitCode: 0, waits: Array(6).fill(2000) });
    expect(stderr.split('\n')).toEqual([
      '  running     150 of 300 devices    50 %      8.1 devices/s   18 s left',
      '  running     150 of 300 devices    50 %      8.1 devices/s   12 s left',
      '  completed   300 of 300 devices   100 %',
      '',
    ]);
    expect(stdout).toContain('  status     completed\n');
  });

  test('of a run that ended shows its report at once', async () => {
    const result = await callCli(await anApp(aRun()), args);
    expect(result).toMatchObject({ exitCode: 1, waits: [] });
  });

  test('draws a bar on a terminal', async () => {
    const totals = { ...aGoodRun().totals, totalDevices: 3000, success: 2980 };
    const app = await anApp(aRunningRun(), aGoodRun({ totals }));
    const { stderr } = await callCli(app, args, { isTTY: true });
    expect(stderr).toContain(`completed ${'█'.repeat(24)} 100 %  3,000 of 3,000 devices`);
    expect(stderr).not.toContain('18 s left\n');
  });

  test('prints only the run as JSON with --json', async () => {
    const result = await callCli(await anApp(aRunningRun(), aRun()), [...args, '--json']);
    expect(jsonOf(result)).toEqual(aRun());
  });

  test('ends with Ctrl+C, the run does not', async () => {
    const app = await anApp(aRunningRun());
    const { exitCode, stdout, stderr } = await callCli(app, args, aStopAfter(2));
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
    expect(stderr).toContain(
      '\n\nThe run goes on. Come back to it: fleet-sync watch 8204751514186-8478ac1b\n' +
        'Stop it:                         fleet-sync cancel 8204751514186-8478ac1b\n',
    );
    expect(app.requests.every(({ call }) => call === `GET /api/runs/${runId}`)).toBe(true);
  });
});

describe('an outage', () => {
  const away = (times: number) => Array<Reply>(times).fill({ status: 503 });

  test('of a minute is sat out', async () => {
    const app = await anApp(aGoodRun());
    app.next = away(24);
    const { exitCode, stderr } = await callCli(app, args);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`The app does not answer; run ${runId} is looked at again.\n`);
  });

  test('counts from the last look that succeeded, not from the first', async () => {
    const app = await anApp(aGoodRun());
    const look: Reply = { status: 200, body: aRunningRun() };
    app.next = [...Array<Reply>(160).fill(look), ...away(24)];
    expect(await callCli(app, args)).toMatchObject({ exitCode: 0 });
  });

  test('of over 5 min is not', async () => {
    const app = await anApp(aGoodRun());
    app.next = away(500);
    const { exitCode, stderr, waits } = await callCli(app, args);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`GET /api/runs/${runId} answered 503 (HTTP 503)\n`);
    const waited = waits.reduce((a, b) => a + b, 0);
    expect(waited).toBeGreaterThanOrEqual(300_000);
    expect(waited).toBeLessThan(320_000);
  });

  test('is something else than a refusal', async () => {
    const app = await anApp(aRunningRun());
    app.next = [aProblem(401, 'Unauthorized')];
    expect(await callCli(app, args)).toMatchObject({ exitCode: 3, waits: [] });
  });
});

import { describe, expect, test } from 'vitest';
import { anApp } from '../support/an-app.ts';
import { callCli, jsonOf } from '../support/call-cli.ts';

const device = (number: number, more: object = {}) => ({
  deviceId: `00000000-0000-4000-8000-00000000000${number}`,
  deviceName: `WS-${number}`,
  platform: 'windows',
  ownership: 'company',
  lastCheckInAt: '2026-11-01T08:00:00.000Z',
  runId: '8204751514186-8478ac1b',
  ...more,
});

describe('the silent devices', () => {
  test('are a table, from every page', async () => {
    const app = await anApp();
    const never = device(2, { platform: 'iOS', ownership: undefined, lastCheckInAt: undefined });
    app.next = [
      { status: 200, body: { value: [device(1)], continuationToken: 'next' } },
      { status: 200, body: { value: [never] } },
    ];
    expect(await callCli(app, ['silent'])).toMatchObject({
      exitCode: 0,
      stdout: `  device                                name  platform  owner    last check-in
  00000000-0000-4000-8000-000000000001  WS-1  windows   company  2026-11-01 08:00:00 UTC
  00000000-0000-4000-8000-000000000002  WS-2  iOS       -        -

2 devices, silent in each of the last 3 verified runs.
`,
    });
    expect(app.requests.map(({ call }) => call)).toEqual([
      'GET /api/devices/silent?runs=3&limit=5000',
      'GET /api/devices/silent?runs=3&limit=5000&continuationToken=next',
    ]);
  });

  test.each([
    [['--runs', '1'], 'No device was silent in the last verified run.\n'],
    [['--runs', '5'], 'No device was silent in each of the last 5 verified runs.\n'],
  ])('may be nobody: %j', async (options, stdout) => {
    const app = await anApp();
    app.next = [{ status: 200, body: { value: [] } }];
    expect(await callCli(app, ['silent', ...options])).toMatchObject({ exitCode: 0, stdout });
  });

  test.each([[['--json', 'silent']], [['silent', '--format', 'json']]])(
    'are a list as JSON: %j',
    async (args) => {
      const app = await anApp();
      app.next = [{ status: 200, body: { value: [device(1)] } }];
      expect(jsonOf(await callCli(app, args))).toEqual({ value: [device(1)] });
    },
  );

  test('are the CSV of the app, once, also when an answer breaks off', async () => {
    const app = await anApp();
    const headers = { 'content-type': 'text/csv; charset=utf-8' };
    const body = 'deviceId,deviceName\r\na,WS-1\r\n';
    app.next = [
      { status: 200, headers, body: 'deviceId,dev', breaksOff: true },
      { status: 200, headers, body },
    ];
    const { exitCode, stdout } = await callCli(app, ['silent', '--format', 'csv', '--runs', '2']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: body });
    expect(app.requests.at(-1)?.call).toBe('GET /api/devices/silent?runs=2&format=csv');
  });

  test.each([
    [['--runs', '11'], 'It has to be a whole number from 1 to 10.'],
    [['--format', 'xml'], 'It has to be one of table, json, csv.'],
  ])('refuses %j', async (options, message) => {
    const { exitCode, stderr } = await callCli(await anApp(), ['silent', ...options]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

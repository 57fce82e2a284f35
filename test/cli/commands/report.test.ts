import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { aRun, runId } from '../support/a-run.ts';
import { aProblem, anApp } from '../support/an-app.ts';
import { callCli, jsonOf } from '../support/call-cli.ts';

const args = ['report', runId];
const device = (deviceId: string, more: object = {}) => ({
  deviceId,
  deviceName: `PC-${deviceId}`,
  platform: 'windows',
  outcome: 'failed',
  ...more,
});

describe('a report', () => {
  test('is that of the run, and is done even when the run had errors', async () => {
    const { exitCode, stdout } = await callCli(await anApp(aRun()), args);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringContaining('  error        4  notFound 3, failed 1\n') as string,
    });
    expect(stdout).toContain(`Try them again: fleet-sync retry ${runId}`);
  });

  test('--outcome lists the devices with it, from every page', async () => {
    const app = await anApp(aRun());
    app.devicePages = [
      [device('1', { code: 'deviceOffline', message: 'No answer' }), device('2')],
      [device('3', { deviceName: 'bad\u001b[31m' })],
    ];
    const { stdout } = await callCli(app, [...args, '--outcome', 'FAILED']);
    expect(stdout).toContain(`
  device  name      platform  outcome  code           message
  1       PC-1      windows   failed   deviceOffline  No answer
  2       PC-2      windows   failed
  3       bad [31m  windows   failed
`);
    expect(app.requests.slice(1).map(({ call }) => call)).toEqual([
      `GET /api/runs/${runId}/devices?outcome=failed&limit=5000`,
      `GET /api/runs/${runId}/devices?outcome=failed&limit=5000&continuationToken=1`,
    ]);
  });

  test('--outcome --json has the run and the devices', async () => {
    const app = await anApp(aRun());
    app.devicePages = [[device('1')]];
    const result = await callCli(app, [...args, '--outcome', 'failed', '--json']);
    expect(jsonOf(result)).toEqual({ run: aRun(), devices: [device('1')] });
  });

  test('of an outcome that no device has says so', async () => {
    const { stdout } = await callCli(await anApp(aRun()), [...args, '--outcome', 'gone']);
    expect(stdout).toContain('There is no such device in the run.\n');
  });

  test('knows the outcomes', async () => {
    const { exitCode, stderr } = await callCli(await anApp(), [...args, '--outcome', 'wiped']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('It has to be one of planned, accepted, skipped,');
  });
});

describe('a report --csv', () => {
  let folder = '';
  let file = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fleet-sync-report-'));
    file = join(folder, 'devices.csv');
    onTestFinished(() => rm(folder, { recursive: true }));
  });
  const files = () => readdir(folder);

  test('writes the file as it comes', async () => {
    const app = await anApp(aRun());
    app.csv = [
      'deviceId,outcome\r\n',
      ...Array.from({ length: 5000 }, (_, n) => `${n},accepted\r\n`),
    ];
    const { exitCode, stdout } = await callCli(app, [...args, '--csv', file]);
    expect({ exitCode, files: await files() }).toEqual({ exitCode: 0, files: ['devices.csv'] });
    expect(await readFile(file, 'utf8')).toBe(app.csv.join(''));
    expect(stdout).toContain(`The devices are in ${file}.\n`);
    expect(app.requests.at(-1)?.call).toBe(`GET /api/runs/${runId}/devices?format=csv`);
  });

  test('takes an outcome, and --json names the file', async () => {
    const app = await anApp(aRun());
    const options = ['--csv', file, '--outcome', 'failed', '--json'];
    expect(jsonOf(await callCli(app, [...args, ...options]))).toEqual({ run: aRun(), csv: file });
    expect(app.requests.at(-1)?.call).toBe(
      `GET /api/runs/${runId}/devices?outcome=failed&format=csv`,
    );
  });

  const csv = { 'content-type': 'text/csv' };
  const half = { status: 200, headers: csv, body: 'deviceId,outcome\r\n1,acc', breaksOff: true };

  test('starts over when the answer breaks off', async () => {
    const app = await anApp(aRun());
    app.next = [{ status: 200, body: aRun() }, half];
    expect(await callCli(app, [...args, '--csv', file])).toMatchObject({
      exitCode: 0,
      waits: [1000],
    });
    expect(await readFile(file, 'utf8')).toBe(app.csv.join(''));
  });

  test('leaves what was there when it does not succeed, and no half file', async () => {
    await writeFile(file, 'old');
    const app = await anApp(aRun());
    app.next = [{ status: 200, body: aRun() }, half, half, half, half];
    expect(await callCli(app, [...args, '--csv', file])).toMatchObject({ exitCode: 3 });
    expect({ files: await files(), old: await readFile(file, 'utf8') }).toEqual({
      files: ['devices.csv'],
      old: 'old',
    });
  });

  test('replaces an older file', async () => {
    await writeFile(file, 'something that is longer than what comes');
    const app = await anApp(aRun());
    await callCli(app, [...args, '--csv', file]);
    expect(await readFile(file, 'utf8')).toBe(app.csv.join(''));
  });

  test.each([
    ['a refusal', aProblem(404, 'Not found'), 'Not found (HTTP 404)'],
    ['HTML', { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' }, 'of CSV'],
  ])('writes nothing after %s', async (_, reply, message) => {
    const app = await anApp(aRun());
    app.next = [{ status: 200, body: aRun() }, ...Array<typeof reply>(4).fill(reply)];
    const { exitCode, stderr } = await callCli(app, [...args, '--csv', file]);
    expect({ exitCode, files: await files() }).toEqual({ exitCode: 3, files: [] });
    expect(stderr).toContain(message);
  });

  test('says that a folder does not exist, or is in the way', async () => {
    const missing = join(folder, 'missing', 'devices.csv');
    await mkdir(file);
    const results = [
      await callCli(await anApp(aRun()), [...args, '--csv', missing]),
      await callCli(await anApp(aRun()), [...args, '--csv', file]),
    ];
    expect(results).toMatchObject([
      {
        exitCode: 2,
        stderr: `${missing} cannot be written (ENOENT). Name a file in a folder that exists.\n`,
      },
      { exitCode: 2, stderr: expect.stringContaining(`${file} cannot be written (`) as string },
    ]);
    expect(await files()).toEqual(['devices.csv']);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { anApp } from '../support/an-app.ts';
import { callCli } from '../support/call-cli.ts';

/** The scope that a command line asks for, or the message that refuses it. */
async function scopeOf(...args: string[]): Promise<unknown> {
  const app = await anApp();
  const { exitCode, stderr } = await callCli(app, ['sync', '--yes', '--no-watch', ...args]);
  if (exitCode === 2) return stderr;
  return (app.requests[0]?.body as { scope?: unknown }).scope;
}

const a = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const b = '3f2504e0-4f89-41d3-9a0c-0305e82c3302';

describe('each option', () => {
  test.each<[string[], object]>([
    [['--device-id', `${a},${b}`], { deviceIds: [a, b] }],
    [['--device-id', a, '--device-id', b], { deviceIds: [a, b] }],
    [
      ['--device-name', 'PC-*', '--device-name', 'Ann, iPad'],
      { deviceNames: ['PC-*', 'Ann, iPad'] },
    ],
    [['--serial-number', 'A1, B2'], { serialNumbers: ['A1', 'B2'] }],
    [['--user', 'a@x.org,b@x.org'], { userPrincipalNames: ['a@x.org', 'b@x.org'] }],
    [['--group', a], { groupIds: [a] }],
    [
      ['--platform', 'windows,IOS', '--platform', 'iPadOS'],
      { platforms: ['windows', 'iOS', 'iPadOS'] },
    ],
    [['--ownership', 'Company'], { ownership: ['company'] }],
    [
      ['--compliance', 'noncompliant,inGracePeriod'],
      { complianceStates: ['noncompliant', 'inGracePeriod'] },
    ],
    [['--agent', 'mdm'], { managementAgents: ['mdm'] }],
    [['--manufacturer', 'Apple, Inc.'], { manufacturers: ['Apple, Inc.'] }],
    [['--model', 'iPhone14,2'], { models: ['iPhone14,2'] }],
    [['--category', 'Kiosk'], { categories: ['Kiosk'] }],
    [['--os-version', '10.0.22,10.0.26'], { osVersions: ['10.0.22', '10.0.26'] }],
    [['--last-sync-older-than', 'P7D'], { lastSyncOlderThan: 'P7D' }],
    [['--last-sync-newer-than', 'PT1H'], { lastSyncNewerThan: 'PT1H' }],
    [['--enrolled-before', '2026-01-31'], { enrolledBefore: '2026-01-31' }],
    [['--enrolled-after', '2026-01-31'], { enrolledAfter: '2026-01-31' }],
    [['--exclude-device-id', a], { exclude: { deviceIds: [a] } }],
    [['--exclude-device-name', 'VIP-*'], { exclude: { deviceNames: ['VIP-*'] } }],
    [['--exclude-serial-number', 'A1'], { exclude: { serialNumbers: ['A1'] } }],
    [['--exclude-user', 'vip@x.org'], { exclude: { userPrincipalNames: ['vip@x.org'] } }],
    [['--exclude-group', `${a},${b}`], { exclude: { groupIds: [a, b] } }],
    [['--exclude-platform', 'android'], { exclude: { platforms: ['android'] } }],
    [['--exclude-ownership', 'personal'], { exclude: { ownership: ['personal'] } }],
    [['--exclude-compliance', 'unknown'], { exclude: { complianceStates: ['unknown'] } }],
    [['--exclude-os-version', '9'], { exclude: { osVersions: ['9'] } }],
  ])('%j', async (args, scope) => {
    expect(await scopeOf(...args)).toEqual(scope);
  });

  test('is joined with the others', async () => {
    expect(
      await scopeOf('--platform', 'iOS', '--exclude-group', a, '--ownership', 'personal'),
    ).toEqual({ platforms: ['iOS'], ownership: ['personal'], exclude: { groupIds: [a] } });
  });

  test('drops what is named twice', async () => {
    expect(await scopeOf('--platform', 'iOS,ios', '--platform', 'iOS')).toEqual({
      platforms: ['iOS'],
    });
  });

  test.each([
    [['--platform', 'linux'], 'It has to be one of windows, macOS'],
    [['--ownership', 'mine'], 'It has to be one of company, personal.'],
    [['--device-id', 'a,,b'], 'It has to be a text that is not empty.'],
    [['--last-sync-older-than', 'P7D', '--last-sync-older-than', 'P8D'], 'can be given once only'],
    [['--exclude-model', 'x'], "unknown option '--exclude-model'"],
  ])('refuses %j', async (args, message) => {
    expect(await scopeOf(...args)).toContain(message);
  });
});

describe('--scope', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fleet-sync-scope-'));
    onTestFinished(() => rm(folder, { recursive: true }));
  });
  const save = async (name: string, content: string | Buffer) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  test('takes JSON as it is', async () => {
    const scope = { platforms: ['iOS'], exclude: { models: ['x'] }, future: 1 };
    expect(await scopeOf('--scope', JSON.stringify(scope))).toEqual(scope);
  });

  test('takes a file, with a byte order mark too', async () => {
    const file = await save('scope.json', '\uFEFF{"platforms":["iOS"]}\r\n');
    expect(await scopeOf('--scope', file)).toEqual({ platforms: ['iOS'] });
  });

  test('goes together with options of other fields', async () => {
    const scope = '{"platforms":["iOS"],"exclude":{"models":["x"]}}';
    expect(await scopeOf('--scope', scope, '--exclude-group', a, '--ownership', 'company')).toEqual(
      {
        platforms: ['iOS'],
        ownership: ['company'],
        exclude: { models: ['x'], groupIds: [a] },
      },
    );
  });

  test.each([
    [['{"platforms":["iOS"]}', '--platform', 'iOS'], '--scope and --platform both give platforms'],
    [
      ['{"exclude":{"groupIds":[]}}', '--exclude-group', a],
      '--scope and --exclude-group both give',
    ],
    [['{oops'], '--scope has to be a JSON object, for example {"platforms":["windows"]}.'],
    [['{}', '--scope', '{}'], '--scope can be given once only.'],
    [['missing.json'], '--scope missing.json cannot be read (ENOENT). Name a file that exists.'],
  ])('refuses %j', async (args, message) => {
    expect(await scopeOf('--scope', ...args)).toContain(message);
  });

  test('refuses a file that is no object', async () => {
    const file = await save('scope.json', '["windows"]');
    expect(await scopeOf('--scope', file)).toContain(`--scope ${file} has to be a JSON object`);
  });

  test('goes together with lists of devices', async () => {
    const file = await save('ids.txt', `${a}\n`);
    const names = await save('names.txt', 'PC-9\n');
    expect(await scopeOf('--devices', file, '--device-id', b, '--exclude-devices', names)).toEqual({
      deviceIds: [b, a],
      exclude: { deviceNames: ['PC-9'] },
    });
  });

  test('a list can be UTF-16', async () => {
    const file = await save('u.txt', Buffer.from('\uFEFFDevice name\r\nGerät-1\r\n', 'utf16le'));
    expect(await scopeOf('--devices', file)).toEqual({ deviceNames: ['Gerät-1'] });
  });

  test.each(['--devices', '--exclude-devices'])(
    'a list for %s in another encoding is refused: its names would match other devices than meant',
    async (option) => {
      const file = await save('ansi.csv', Buffer.from('Device name\r\nGerät-1\r\n', 'latin1'));
      expect(await scopeOf(option, file)).toContain(
        `${option} ${file} is not text in UTF-8. Save it as "CSV UTF-8", or as text in UTF-8.`,
      );
    },
  );

  test.each([
    ['bad.csv', 'Device ID\r\nnope\r\n', 'bad.csv, line 2: "nope" is no device id'],
    ['empty.csv', '', 'empty.csv names no device: it is empty.'],
  ])('a bad list is refused before anything is asked', async (name, content, message) => {
    expect(await scopeOf('--devices', await save(name, content))).toContain(message);
  });

  test('a list has to exist', async () => {
    expect(await scopeOf('--devices', join(folder, 'no.csv'))).toContain('cannot be read (ENOENT)');
  });
});

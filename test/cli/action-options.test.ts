import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../dev/support/temporary-directory.ts';
import { aRunningRun, planId } from './support/a-run.ts';
import { anApp } from './support/an-app.ts';
import { callCli } from './support/call-cli.ts';

async function bodyOf(...args: string[]): Promise<unknown> {
  const app = await anApp();
  await callCli(app, ['sync', '--yes', '--no-watch', ...args]);
  return app.requests.find(({ call }) => call === 'POST /api/runs')?.body;
}

describe('what is sent', () => {
  test.each<[string[], object]>([
    [
      ['--action', 'syncDevice', '--endpoint', 'comanaged'],
      { action: 'syncDevice', endpoint: 'comanaged' },
    ],
    [
      ['--action', 'configurationmanageraction', '--cm-action', 'quickscan'],
      { action: 'configurationManagerAction', configurationManagerAction: 'quickScan' },
    ],
    [
      ['--action', 'exchangeConnectorSync', '--sync-type', 'deltaSync'],
      { action: 'exchangeConnectorSync', syncType: 'deltaSync' },
    ],
    [['--fail-on-error'], { ignorePartialFailures: false }],
    [['--ignore-partial-failures'], { ignorePartialFailures: true }],
  ])('is said by %j', async (args, body) => {
    expect(await bodyOf(...args)).toEqual(body);
  });

  test.each([
    [['--action', 'wipe'], 'one of syncDevice, configurationManagerAction, exchangeConnectorSync'],
    [['--endpoint', 'all'], 'one of managed, comanaged'],
    [['--cm-action', 'reboot'], 'one of refreshMachinePolicy,'],
    [['--sync-type', 'full'], 'one of fullSync, deltaSync'],
    [['--fail-on-error', '--ignore-partial-failures'], 'cannot be used with'],
  ])('cannot be %j', async (args, why) => {
    const app = await anApp();
    const { exitCode, stderr } = await callCli(app, ['sync', '--yes', ...args]);
    expect({ exitCode, requests: app.requests }).toEqual({ exitCode: 2, requests: [] });
    expect(stderr).toContain(why);
  });

  test.each(['--action', '--endpoint', '--cm-action', '--device-actions', '--sync-type'])(
    'is settled by a plan: no %s beside it',
    async (flag) => {
      const value = {
        '--action': 'syncDevice',
        '--endpoint': 'managed',
        '--cm-action': 'quickScan',
        '--device-actions': 'actions.csv',
      };
      const app = await anApp(aRunningRun());
      const given = { ...value, '--sync-type': 'fullSync' }[flag] ?? '';
      const args = ['sync', '--from-plan', planId, flag, given];
      const { exitCode, stderr } = await callCli(app, args);
      expect({ exitCode, requests: app.requests }).toEqual({ exitCode: 2, requests: [] });
      expect(stderr).toContain(`leave out ${flag}`);
    },
  );
});

describe('an action for each device', () => {
  const action = ['--action', 'configurationManagerAction'];
  const deviceId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

  async function aFile(text: string): Promise<string> {
    const file = join(await temporaryDirectory(), 'actions.csv');
    await writeFile(file, text);
    return file;
  }

  test('comes from a file', async () => {
    const file = await aFile(`Device ID;Action\n${deviceId};quickscan`);
    expect(await bodyOf(...action, '--device-actions', file)).toEqual({
      action: 'configurationManagerAction',
      deviceActions: [{ deviceId, action: 'quickScan' }],
    });
  });

  test('names a few devices: nobody is asked whether there are too many', async () => {
    const file = await aFile(`Device ID,Action\n${deviceId},quickScan`);
    const app = await anApp();
    await callCli(app, ['sync', '--no-watch', ...action, '--device-actions', file]);
    expect(app.requests.map(({ call }) => call)).toEqual(['POST /api/runs']);
  });

  test('is not beside one for all', async () => {
    const app = await anApp();
    const args = ['sync', ...action, '--cm-action', 'quickScan', '--device-actions', 'actions.csv'];
    const { exitCode, stderr } = await callCli(app, args);
    expect({ exitCode, requests: app.requests }).toEqual({ exitCode: 2, requests: [] });
    expect(stderr).toContain("'--device-actions <file>' cannot be used with option '--cm-action");
  });

  test('that cannot be used is named by its file and line', async () => {
    const file = await aFile(`Device ID,Action\n${deviceId},reboot`);
    const app = await anApp();
    const { exitCode, stderr } = await callCli(app, ['sync', ...action, '--device-actions', file]);
    expect({ exitCode, requests: app.requests }).toEqual({ exitCode: 2, requests: [] });
    expect(stderr).toContain(
      `${file}, line 2: "reboot" is no action. Use one of refreshMachinePol`,
    );
  });

  test('from a file that is not there names the option', async () => {
    const app = await anApp();
    const { stderr } = await callCli(app, ['sync', ...action, '--device-actions', 'missing.csv']);
    expect(stderr).toContain('--device-actions missing.csv cannot be read (ENOENT).');
  });
});

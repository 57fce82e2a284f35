import { describe, expect, test } from 'vitest';
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

  test.each(['--action', '--endpoint', '--cm-action', '--sync-type'])(
    'is settled by a plan: no %s beside it',
    async (flag) => {
      const value = {
        '--action': 'syncDevice',
        '--endpoint': 'managed',
        '--cm-action': 'quickScan',
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

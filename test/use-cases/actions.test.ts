import { describe, expect, it } from 'vitest';
import { commandCatalog } from '../../src/core/actions/command-catalog.ts';
import { actions } from '../../src/core/actions/index.ts';
import { LIST_DEVICES_ROLE } from '../../src/core/roles.ts';
import type { RunRequest } from '../../src/core/new-run.ts';
import { retryRun } from '../../src/use-cases/retry-run.ts';
import { startPlannedRun } from '../../src/use-cases/start-planned-run.ts';
import { aFleet, deviceId } from '../support/fleet.ts';
import { Simulation, type SimulationOptions, silentLog } from '../support/simulation.ts';
import { pingDevice } from './support/ping-device.ts';

const privileged = 'DeviceManagementManagedDevices.PrivilegedOperations.All';

/** Nine Windows devices: the first three co-managed, then three of Configuration Manager alone. */
const fleet = aFleet(9).map((device, n) => ({
  ...device,
  managementAgent:
    ['configurationManagerClientMdm', 'configurationManagerClient'][Math.floor(n / 3)] ?? 'mdm',
}));

async function runOf(
  request: Partial<RunRequest>,
  options: Partial<SimulationOptions> = {},
): Promise<Simulation> {
  const app = new Simulation({ fleet, ...options });
  await app.start(request);
  await app.settle();
  return app;
}

const grants = (...roles: string[]): Partial<SimulationOptions> => ({
  override: () => ({ permissions: { granted: () => Promise.resolve(roles) } }),
});

describe('syncDevice through the list of co-managed devices', () => {
  const request = { action: 'syncDevice', parameters: { endpoint: 'comanaged' } };

  it('reaches the co-managed devices once each, and skips the others with the reason', async () => {
    // Graph lists a device twice when it is renamed meanwhile.
    const app = await runOf(request, { fleet: [...fleet, ...fleet.slice(0, 2)] });

    expect(app.run).toMatchObject({
      status: 'completed',
      totals: { success: 3 },
      skippedByReason: { unsupportedAgent: 3, notCoManaged: 3 },
    });
    expect(app.graph.requests.map(({ version, url }) => `${version}${url}`).sort()).toEqual(
      [0, 1, 2].map((n) => `beta/deviceManagement/comanagedDevices/${deviceId(n)}/syncDevice`),
    );
  });

  it('stands in the way of a sync of the managed devices, which has the same devices', async () => {
    const app = new Simulation({ fleet });
    await app.start(request);
    const second = await app.start({ action: 'syncDevice' });

    expect(second).toMatchObject({ kind: 'overlap' });
  });
});

describe('configurationManagerAction', () => {
  const parameters = {
    configurationManagerAction: {
      quickScan: [deviceId(0), deviceId(6)],
      wakeUpClient: [deviceId(3)],
    },
  };
  const scope = { deviceIds: [0, 3, 6].map(deviceId) };
  const request = { action: 'configurationManagerAction', parameters, scope };
  const sent = (app: Simulation) =>
    app.graph.requests.map(({ url, body }) => [url.split('/')[3], body]).sort();

  it('sends to each device its own, and skips one without a client', async () => {
    const app = await runOf(request);

    expect(app.run).toMatchObject({
      status: 'completed',
      skippedByReason: { noConfigurationManagerClient: 1 },
    });
    expect(sent(app)).toEqual([
      [deviceId(0), { configurationManagerAction: { action: 'quickScan' } }],
      [deviceId(3), { configurationManagerAction: { action: 'wakeUpClient' } }],
    ]);
  });

  it('sends the same in the run of its plan, and in the retry of what failed', async () => {
    const app = await runOf(
      { ...request, dryRun: true, ignorePartialFailures: false },
      { script: (_id, attempt) => (attempt === 1 ? { status: 409 } : { status: 204 }) },
    );
    const { runs, keys, ledger, clock } = app;
    const commands = commandCatalog(actions);
    const startPlanned = startPlannedRun(
      { runs, keys, commands, clock, random: () => 0.25 },
      app.startRun,
    );
    const who = { requestedBy: 'test' };
    await startPlanned(app.run.id, who, silentLog);
    await app.settle();
    const planned = app.run;
    const once = sent(app);
    await retryRun({ runs, ledger }, app.startRun)(
      planned.id,
      { outcomes: ['failed'], ...who },
      silentLog,
    );
    await app.settle();

    expect(planned).toMatchObject({ parameters, status: 'failed', totals: { error: 2 } });
    expect(app.run).toMatchObject({ parameters, status: 'completed', totals: { success: 2 } });
    expect(once).toHaveLength(2);
    expect(sent(app)).toEqual(once.flatMap((request) => [request, request]));
  });

  it('is not run from its plan in bulk, which it does not have', async () => {
    const app = await runOf({ ...request, dryRun: true });
    const { runs, keys, clock } = app;
    const commands = commandCatalog(actions);
    const start = startPlannedRun(
      { runs, keys, commands, clock, random: () => 0.25 },
      app.startRun,
    );
    const asked = { requestedBy: 'test', mode: 'bulk' } as const;

    expect(await start(app.run.id, asked, silentLog)).toEqual({ kind: 'noBulk' });
    expect(app.run.usedBy).toBeUndefined();
  });
});

describe('exchangeConnectorSync', () => {
  const list = '/deviceManagement/exchangeConnectors';
  const request = { action: 'exchangeConnectorSync', parameters: { syncType: 'deltaSync' } };
  const role = 'DeviceManagementServiceConfig.ReadWrite.All';
  const connector = (n: number) => ({
    id: deviceId(n),
    name: `exchange${n}.example.com`,
    platform: 'exchange',
    lastSyncAt: undefined,
  });

  async function runWith(count: number, more: Partial<RunRequest> = {}, roles = [role]) {
    const app = new Simulation({ fleet, ...grants(...roles) });
    const connectors = Array.from({ length: count }, (_, n) => connector(n));
    app.graph.targets.set(list, [...connectors, ...connectors]);
    await app.start({ ...request, ...more });
    await app.settle();
    return app;
  }

  it('goes to each connector once, with no permission but its own', async () => {
    const app = await runWith(2);
    const { value } = await app.ledger.listDevices(app.run.id, { limit: 10 });

    expect(app.run).toMatchObject({ status: 'completed', totalDevices: 2, totals: { success: 2 } });
    expect(app.graph.requests.map(({ url, body }) => [url, body])).toEqual(
      [0, 1].map((n) => [`${list}/${deviceId(n)}/sync`, { syncType: 'deltaSync' }]),
    );
    expect(
      value.map(({ deviceName, platform, outcome }) => [deviceName, platform, outcome]),
    ).toEqual([
      ['exchange0.example.com', 'exchange', 'accepted'],
      ['exchange1.example.com', 'exchange', 'accepted'],
    ]);
  });

  it.each([true, false])('completes without any, and says so (dry run: %s)', async (dryRun) => {
    const app = await runWith(0, { dryRun });

    expect(app.run).toMatchObject({
      status: dryRun ? 'planned' : 'completed',
      totalDevices: 0,
      note: { code: 'noExchangeConnectors' },
    });
    expect(app.run.problem).toBeUndefined();
  });

  it('goes at half the pace of devices, as its quota is half', async () => {
    const app = await runWith(160);
    const times = app.graph.sends.map(({ at, deviceIds }) => ({ at, count: deviceIds.length }));
    const within = (from: number) =>
      times
        .filter(({ at }) => at >= from && at < from + 20_000)
        .reduce((n, { count }) => n + count, 0);

    expect(app.run.totals.success).toBe(160);
    expect(Math.max(...times.map(({ at }) => within(at)))).toBeLessThanOrEqual(80);
  });

  it.each([
    [{ dryRun: true }, 'DeviceManagementServiceConfig.Read.All'],
    [{}, role],
  ])('with %j and the roles of devices names the one that is missing', async (more, missing) => {
    const app = await runWith(1, more, [LIST_DEVICES_ROLE, privileged]);

    expect(app.run).toMatchObject({ status: 'failed', problem: { code: 'missingPermission' } });
    expect(app.run.problem?.detail).toContain(missing);
    expect(app.graph.writes).toBe(0);
  });
});

describe('a strict run', () => {
  const strict = { strict: true, scope: { deviceIds: [0, 6].map(deviceId) } };

  it('is refused when it names a device that its action cannot be sent to', async () => {
    const app = await runOf({ ...strict, parameters: { endpoint: 'comanaged' } });

    expect(app.run).toMatchObject({ status: 'failed', problem: { code: 'unsupportedDevices' } });
    expect(app.run.problem?.detail).toContain(`${deviceId(6)} (notCoManaged)`);
    expect(app.graph.writes).toBe(0);
  });

  it('is no matter to a device that its scope excludes, or does not name', async () => {
    const app = await runOf({
      strict: true,
      parameters: { endpoint: 'comanaged' },
      scope: { managementAgents: ['mdm'] },
    });
    const excluding = await runOf({
      ...strict,
      scope: { ...strict.scope, exclude: { deviceIds: [deviceId(6)] } },
    });

    expect(app.run).toMatchObject({ status: 'completed', skippedByReason: { notCoManaged: 3 } });
    expect(excluding.run).toMatchObject({ status: 'completed', skippedByReason: { excluded: 1 } });
  });
});

describe('a run with failures', () => {
  const script: SimulationOptions['script'] = (id) => ({ status: id === deviceId(6) ? 404 : 204 });

  it.each([
    [true, 'completedWithErrors', undefined],
    [false, 'failed', 'partialFailure'],
  ])('that ignores partial failures (%s) ends as %s', async (ignore, status, code) => {
    const app = await runOf({ ignorePartialFailures: ignore }, { script });

    expect(app.run).toMatchObject({ status, totals: { success: 5, error: 1 } });
    expect(app.run.problem?.code).toBe(code);
  });
});

describe('a fourth action', () => {
  const own = { actions: { ...actions, pingDevice } };
  const macs = fleet.map((device, n) => (n < 2 ? { ...device, operatingSystem: 'macOS' } : device));

  it('is planned, sent, judged and reported like the others', async () => {
    const app = await runOf(
      { action: 'pingDevice', parameters: { loudness: 'high' } },
      {
        ...own,
        ...grants(LIST_DEVICES_ROLE, 'Devices.Ping'),
        fleet: macs,
        script: () => ({ status: 409 }),
      },
    );

    expect(app.run).toMatchObject({
      status: 'completed',
      totals: { success: 2 },
      skippedByReason: { noBell: 7 },
    });
    expect(app.graph.requests).toEqual(
      [0, 1].map((n) => ({
        version: 'beta',
        method: 'POST',
        url: `/devices/${deviceId(n)}/ping`,
        body: { loudness: 'high' },
      })),
    );
  });

  it('is refused without its role, which is named', async () => {
    const app = await runOf({ action: 'pingDevice' }, { ...own, ...grants(LIST_DEVICES_ROLE) });

    expect(app.run.problem?.detail).toContain('Devices.Ping');
    expect(app.graph.writes).toBe(0);
  });

  it('that the app does not have leads to a failed run, and nothing is sent', async () => {
    const app = await runOf({ action: 'pingDevice' });

    expect(app.run).toMatchObject({ status: 'failed', problem: { code: 'planningFailed' } });
    expect(app.graph.writes).toBe(0);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalApp, type RunDocument, startLocalApp } from '../support/local-app.ts';

const read = 'DeviceManagementManagedDevices.Read.All';
const privileged = 'DeviceManagementManagedDevices.PrivilegedOperations.All';
const serviceConfig = 'DeviceManagementServiceConfig.ReadWrite.All';
const CONNECTORS = 20;

let app: LocalApp;

beforeAll(async () => {
  const fleet = {
    devices: 120,
    coManagedShare: 0.5,
    tenantAttachedShare: 0.2,
    goneShare: 0.08,
    refusedShare: 0.03,
  };
  app = await startLocalApp({
    graph: { fleet, exchangeConnectors: CONNECTORS },
    // A token that is about to expire is not kept: what the identity may do changes at once.
    identity: { lifetimeSeconds: 60 },
    settings: { SYNC_WRITES_PER_SECOND: '9', SYNC_MAX_RETRIES: '0' },
  });
});
beforeEach(() => app.environment.identity.setRoles([read, privileged]));
afterAll(() => app.close());

/** What the simulator tells of a device: what it is, and what was sent to it. */
interface SimulatedDevice {
  readonly id: string;
  readonly operatingSystem: string;
  readonly managementAgent: string;
  readonly isGone: boolean;
  readonly commands: readonly {
    readonly command: string;
    readonly through: string;
    readonly result: string;
  }[];
}

async function control<T>(path: string): Promise<T> {
  const response = await fetch(`${app.environment.graph.controlUrl}${path}`);
  return (await response.json()) as T;
}

async function simulatedDevices(): Promise<SimulatedDevice[]> {
  const listed = await control<{ id: string }[]>('/devices?limit=1000');
  return Promise.all(listed.map(({ id }) => control<SimulatedDevice>(`/devices/${id}`)));
}

async function run(body: object): Promise<RunDocument> {
  return app.untilRun(await app.startRun(body));
}

function addsUp({ totals }: RunDocument): boolean {
  const { success, error, skipped, cancelled, unknown, totalDevices } = totals;
  return success + error + skipped + cancelled + unknown === totalDevices;
}

const isCoManaged = ({ managementAgent }: SimulatedDevice) =>
  managementAgent.startsWith('configurationManagerClientMdm');

describe('syncDevice through the list of co-managed devices', { timeout: 120_000 }, () => {
  it('reaches each co-managed device once, skips the others, and counts what failed', async () => {
    const ended = await run({ endpoint: 'comanaged' });
    const devices = await simulatedDevices();
    const sent = devices.filter(({ commands }) => commands.length > 0);

    expect(ended).toMatchObject({
      status: 'completedWithErrors',
      action: 'syncDevice',
      parameters: { endpoint: 'comanaged' },
      skippedByReason: {
        notCoManaged: expect.any(Number) as number,
        unsupportedAgent: expect.any(Number) as number,
        unsupportedPlatform: expect.any(Number) as number,
      },
    });
    expect(addsUp(ended)).toBe(true);
    expect(ended.totals.error).toBeGreaterThan(0);
    expect(sent.every(isCoManaged)).toBe(true);
    expect(sent.flatMap(({ commands }) => commands)).toHaveLength(sent.length);
    expect(sent.map(({ id }) => id).sort()).toEqual(
      await app.devicesOf(ended.id, 'accepted,notFound,notSupported,failed'),
    );
    const accepted = sent.filter(({ commands: [first] }) => first?.result === 'accepted');
    expect(accepted).toHaveLength(ended.totals.success);
    expect(accepted.every(({ commands: [first] }) => first?.through === 'comanagedDevices')).toBe(
      true,
    );
  });

  it('is failed by its errors when they are not to be ignored', async () => {
    const ended = await run({ endpoint: 'comanaged', ignorePartialFailures: false });

    expect(ended).toMatchObject({ status: 'failed', problem: { code: 'partialFailure' } });
    expect(ended.totals.success).toBeGreaterThan(0);
    expect(addsUp(ended)).toBe(true);
  });

  it('is refused when it is strict and a device it names is not co-managed', async () => {
    const other = (await simulatedDevices()).find(
      (device) => !isCoManaged(device) && !device.isGone,
    );
    const before = app.environment.graph.statistics().writes;
    const scope = { deviceIds: [other?.id] };
    const ended = await run({ endpoint: 'comanaged', strict: true, scope });

    expect(ended).toMatchObject({ status: 'failed', problem: { code: 'unsupportedDevices' } });
    expect(ended.problem?.detail).toContain(other?.id);
    expect(app.environment.graph.statistics().writes).toBe(before);
  });

  it('sends nothing without its role, which is named', async () => {
    app.environment.identity.setRoles([read]);
    const before = app.environment.graph.statistics().writes;
    const ended = await run({ endpoint: 'comanaged' });

    expect(ended).toMatchObject({ status: 'failed', problem: { code: 'missingPermission' } });
    expect(ended.problem?.detail).toContain(privileged);
    expect(app.environment.graph.statistics().writes).toBe(before);
  });
});

describe('configurationManagerAction', { timeout: 120_000 }, () => {
  const action = 'configurationManagerAction';

  it('reaches Windows devices with a client, and skips the others with the reason', async () => {
    const ended = await run({ action, configurationManagerAction: 'appEvaluation' });
    const sent = (await simulatedDevices()).filter(({ commands }) =>
      commands.some(({ command }) => command === 'appEvaluation'),
    );

    expect(ended).toMatchObject({
      status: 'completedWithErrors',
      skippedByReason: {
        noConfigurationManagerClient: expect.any(Number) as number,
        unsupportedPlatform: expect.any(Number) as number,
      },
    });
    expect(addsUp(ended)).toBe(true);
    expect(new Set(sent.map(({ managementAgent }) => managementAgent))).toEqual(
      new Set(['configurationManagerClient', 'configurationManagerClientMdm']),
    );
    expect(sent.map(({ id }) => id).sort()).toEqual(
      await app.devicesOf(ended.id, 'accepted,notFound,notSupported,failed'),
    );
  });

  it('sends to each device its own, and to no other', async () => {
    const [first, second, third] = (await simulatedDevices()).filter(
      (device) => isCoManaged(device) && !device.isGone,
    );
    const choices = [
      { deviceId: first?.id, action: 'quickScan' },
      { deviceId: second?.id, action: 'wakeUpClient' },
    ];
    const ended = await run({ action, deviceActions: choices });
    const commands = async (device: SimulatedDevice | undefined) =>
      (await control<SimulatedDevice>(`/devices/${device?.id ?? ''}`)).commands.map(
        ({ command }) => command,
      );

    expect(ended).toMatchObject({
      status: 'completed',
      parameters: { configurationManagerAction: { quickScan: 1, wakeUpClient: 1 } },
      scope: { deviceIds: [first?.id, second?.id] },
    });
    expect(await commands(first)).toContain('quickScan');
    expect(await commands(second)).toContain('wakeUpClient');
    expect(await commands(third)).not.toContain('quickScan');
  });

  it('sends nothing without its role, which is named', async () => {
    app.environment.identity.setRoles([read]);
    const ended = await run({ action, configurationManagerAction: 'fullScan' });

    expect(ended).toMatchObject({ status: 'failed', problem: { code: 'missingPermission' } });
    expect(ended.problem?.detail).toContain(privileged);
  });
});

describe('exchangeConnectorSync', { timeout: 120_000 }, () => {
  const body = { action: 'exchangeConnectorSync', syncType: 'fullSync' };

  it('is refused without its role, which is named with what grants it', async () => {
    const ended = await run(body);

    expect(ended).toMatchObject({ status: 'failed', problem: { code: 'missingPermission' } });
    expect(ended.problem?.detail).toContain(serviceConfig);
    expect(ended.problem?.detail).toContain(
      'permissions grant --principal $IDENTITY --features exchange',
    );
  });

  it('reaches every connector once with that role alone, and reports each by its server', async () => {
    app.environment.identity.setRoles([serviceConfig]);
    const ended = await run(body);
    const response = await app.fetch(`/api/runs/${ended.id}/devices`);
    const { value } = (await response.json()) as {
      value: { deviceName: string; platform: string; outcome: string }[];
    };
    const connectors =
      await control<{ serverName: string; syncs: { syncType: string }[] }[]>('/connectors');

    expect(ended).toMatchObject({ status: 'completed', totals: { success: CONNECTORS } });
    expect(connectors.map(({ syncs }) => syncs.map(({ syncType }) => syncType))).toEqual(
      connectors.map(() => ['fullSync']),
    );
    expect(value.map(({ deviceName }) => deviceName).sort()).toEqual(
      connectors.map(({ serverName }) => serverName).sort(),
    );
    expect(new Set(value.map(({ platform, outcome }) => `${platform} ${outcome}`))).toEqual(
      new Set(['exchange accepted']),
    );
  });

  it('counts the connectors that failed, and tries those again', async () => {
    app.environment.identity.setRoles([serviceConfig]);
    const plan = await run({ ...body, dryRun: true });
    const before = app.environment.graph.statistics().connectorSyncs;
    app.environment.graph.setFaults({ rate503: 0.3 });
    const ended = await run({ fromPlan: plan.id });
    app.environment.graph.setFaults({ rate503: 0 });
    const synced = app.environment.graph.statistics().connectorSyncs - before;
    const response = await app.post(`/api/runs/${ended.id}/retry`, {});
    const again = await app.untilRun(((await response.json()) as RunDocument).id);

    expect(ended.status).toBe('completedWithErrors');
    expect(ended.totals.error).toBeGreaterThan(0);
    expect(ended.totals.success).toBe(synced);
    expect(ended.totals.success + ended.totals.error).toBe(CONNECTORS);
    expect(again).toMatchObject({
      status: 'completed',
      parameters: { syncType: 'fullSync' },
      totals: { success: ended.totals.error },
    });
  });
});

describe('a request for an action', () => {
  it.each([
    [{ syncType: 'fullSync' }, 'syncType'],
    [{ action: 'configurationManagerAction' }, 'configurationManagerAction'],
    [
      { action: 'exchangeConnectorSync', syncType: 'fullSync', scope: { platforms: ['iOS'] } },
      'scope',
    ],
    [{ endpoint: 'comanaged', mode: 'bulk' }, 'mode'],
    [
      { action: 'configurationManagerAction', configurationManagerAction: 'wipe' },
      'configurationManagerAction',
    ],
  ])('that cannot be is refused: %j', async (body, path) => {
    const response = await app.post('/api/runs', body);

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ path }] });
  });
});

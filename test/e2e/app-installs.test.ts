import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalApp, type RunDocument, startLocalApp } from '../support/local-app.ts';

const syncRoles = [
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementManagedDevices.PrivilegedOperations.All',
];
const appsRole = 'DeviceManagementApps.Read.All';

/** The codes that Microsoft's page on the Sync action calls retryable, and those it does not. */
const retryable = new Set([
  -2016330897, -2016330896, -2016330895, -2016330894, -2016330893, -2016330891, -2016330889,
]);
const notRetryable = new Set([-2016330898, -2016330892, -2016330890, -2016330888]);

const platforms = { iOS: 5, iPadOS: 1, android: 2, windows: 2 };

let app: LocalApp;

beforeAll(async () => {
  app = await startLocalApp({
    graph: { fleet: { devices: 120, platforms, failedInstallShare: 0.5 } },
    // A token that is about to expire is not kept: what the identity may do changes at once.
    identity: { lifetimeSeconds: 60 },
  });
});
afterAll(() => app.close());

/** What the simulator tells of one app and one error. */
interface FailedInstalls {
  readonly displayName: string;
  readonly platform: string;
  readonly errorCode: number;
  readonly deviceIds: readonly string[];
}

/** What failed on phones and tablets that the run was sent to, as the simulator knows it. */
async function truthOf(run: RunDocument): Promise<FailedInstalls[]> {
  const response = await fetch(`${app.environment.graph.controlUrl}/app-installs`);
  const all = (await response.json()) as FailedInstalls[];
  const sent = new Set(await app.devicesOf(run.id, 'accepted,notFound,notSupported,failed'));
  return all
    .filter(({ platform }) => ['iOS/iPadOS', 'Android'].includes(platform))
    .map((group) => ({ ...group, deviceIds: group.deviceIds.filter((id) => sent.has(id)) }))
    .filter(({ deviceIds }) => deviceIds.length > 0);
}

function countOf(groups: readonly FailedInstalls[], isMeant: (code: number) => boolean): number {
  return groups
    .filter(({ errorCode }) => isMeant(errorCode))
    .reduce((sum, { deviceIds }) => sum + deviceIds.length, 0);
}

async function run(body: object = {}): Promise<RunDocument> {
  return app.untilRun(await app.startRun(body));
}

describe('the report of a run', { timeout: 120_000 }, () => {
  it('has the failed app installs of its devices, and what the sync does about each', async () => {
    app.environment.identity.setRoles([...syncRoles, appsRole]);
    const ended = await run({ scope: { platforms: ['iOS', 'windows'] } });
    const truth = await truthOf(ended);

    expect(truth.length).toBeGreaterThan(10);
    expect(ended.appInstalls).toMatchObject({
      isComplete: true,
      retried: countOf(truth, (code) => retryable.has(code)),
      notRetried: countOf(truth, (code) => notRetryable.has(code)),
      unknown: countOf(truth, (code) => !retryable.has(code) && !notRetryable.has(code)),
    });
    const failed = ended.appInstalls?.failed ?? [];
    const told = failed.map(({ app: name, platform, signedCode, devices }) => ({
      ...{ name, platform, signedCode, devices },
    }));
    expect(new Set(told)).toEqual(
      new Set(
        truth.map(({ displayName: name, platform, errorCode: signedCode, deviceIds }) => ({
          ...{ name, platform, signedCode, devices: deviceIds.length },
        })),
      ),
    );
  });

  it('has none without the permission to read apps, and Intune is not asked', async () => {
    app.environment.identity.setRoles(syncRoles);
    const before = app.environment.graph.statistics().reportRequests;
    const ended = await run({ scope: { platforms: ['iPadOS'] } });

    expect(ended.appInstalls).toBeUndefined();
    expect(app.environment.graph.statistics().reportRequests).toBe(before);
  });

  it('has them all when Graph fails now and then', async () => {
    app.environment.identity.setRoles([...syncRoles, appsRole]);
    app.environment.graph.setFaults('typical');
    const ended = await run({ scope: { platforms: ['android'] } });
    const truth = await truthOf(ended);

    expect(ended.appInstalls).toMatchObject({
      isComplete: true,
      retried: countOf(truth, (code) => retryable.has(code)),
    });
  });
});

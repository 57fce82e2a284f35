import { describe, expect, it } from 'vitest';
import type { FailedInstall } from '../../src/core/app-installs.ts';
import { appInstallsUnread } from '../../src/core/problems.ts';
import { type Ports, ListingError } from '../../src/use-cases/ports.ts';
import { aFleet, deviceId } from '../support/fleet.ts';
import { Simulation, type SimulationOptions } from '../support/simulation.ts';

const phones = aFleet(120, { operatingSystem: 'iOS' });
const timedOut = -2016330897;
const platform = 'iOS/iPadOS';

function onDevice(number: number): FailedInstall {
  return {
    appId: 'mail',
    app: 'Contoso Mail',
    platform,
    deviceId: deviceId(number),
    code: timedOut,
  };
}

/** Failed on three devices of the fleet, and on one that is not in it. */
const failedInstalls = [0, 60, 119, 500].map(onDevice);

/** A whole run over phones of which some have failed installs. */
async function ran(options: Partial<SimulationOptions> = {}): Promise<Simulation> {
  const app = new Simulation({ fleet: phones, ...options });
  app.graph.failedInstalls = failedInstalls;
  await Promise.race([app.start(), app.settle(1)]);
  await app.settle();
  return app;
}

function reading(listFailed: Ports['appInstalls']['listFailed']): Partial<SimulationOptions> {
  return { override: () => ({ appInstalls: { listFailed } }) };
}

function granting(...roles: string[]): Partial<SimulationOptions> {
  return { override: () => ({ permissions: { granted: () => Promise.resolve(roles) } }) };
}

const syncRoles = [
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementManagedDevices.PrivilegedOperations.All',
];

describe('a run', () => {
  it('notes which failed app installs of its devices it retries', async () => {
    const { run } = await ran();

    expect(run.appInstalls).toEqual({
      readAt: expect.any(Number) as number,
      retried: 3,
      notRetried: 0,
      unknown: 0,
      failed: [{ app: 'Contoso Mail', platform, code: timedOut, devices: 3, retryable: true }],
      isComplete: true,
    });
  });

  it('notes them once, however often its message to plan comes', async () => {
    let reads = 0;
    const listFailed = async function* () {
      reads++;
      yield await Promise.resolve(failedInstalls);
    };
    const app = new Simulation({ fleet: phones, ...reading(listFailed) });
    await app.start();
    await app.settle(5_000);
    app.queue.send('plans', { runId: app.run.id }, 0);
    await app.settle();

    expect(reads).toBe(1);
    expect(app.run.appInstalls).toMatchObject({ retried: 3 });
  });

  it('leaves out devices that it skips', async () => {
    const fleet = phones.map((device, number) =>
      number === 60 ? { ...device, managementState: 'retirePending' } : device,
    );

    expect((await ran({ fleet })).run.appInstalls).toMatchObject({ retried: 2 });
  });

  it('has its messages on the queue before Intune is asked', async () => {
    let waiting = 0;
    const app = await ran({
      override: ({ queue }) => ({
        appInstalls: {
          async *listFailed() {
            waiting = queue.messages.filter(({ queue: name }) => name === 'batches').length;
            yield await Promise.resolve(failedInstalls);
          },
        },
      }),
    });

    expect(waiting).toBe(3);
    expect(app.run).toMatchObject({ status: 'completed', appInstalls: { retried: 3 } });
  });

  it.each(['DeviceManagementApps.Read.All', 'DeviceManagementApps.ReadWrite.All'])(
    'may read them with %s',
    async (role) => {
      const { run } = await ran(granting(...syncRoles, role));

      expect(run.appInstalls).toMatchObject({ retried: 3 });
    },
  );

  it('does without them when the identity may not read apps', async () => {
    const { run } = await ran(granting(...syncRoles));

    expect(run.status).toBe('completed');
    expect(run.appInstalls).toBeUndefined();
  });

  it.each([
    { dryRun: true },
    { action: 'configurationManagerAction', parameters: { action: 'quickScan' } },
  ])('that offers no app again, %j, does without them', async (request) => {
    const app = new Simulation({ fleet: phones });
    app.graph.failedInstalls = failedInstalls;
    await app.start(request);
    await app.settle();

    expect(app.run.appInstalls).toBeUndefined();
  });
});

describe('a report of Intune', () => {
  const unread = new ListingError(appInstallsUnread('It failed.'));

  it('that breaks off leaves what was read, and says so', async () => {
    const { run } = await ran(
      reading(async function* () {
        yield await Promise.resolve([onDevice(1)]);
        throw unread;
      }),
    );

    expect(run).toMatchObject({
      status: 'completed',
      appInstalls: { retried: 1, isComplete: false, problem: unread.problem },
    });
  });

  it('that does not end is read for two minutes', async () => {
    let pages = 0;
    const { run } = await ran({
      fleet: aFleet(2_000, { operatingSystem: 'iOS' }),
      override: (app) => ({
        appInstalls: {
          async *listFailed() {
            for (;;) {
              pages++;
              await app.clock.sleep(1_000);
              yield [onDevice(pages % 10)];
            }
          },
        },
      }),
    });

    expect(pages).toBe(120);
    expect(run.appInstalls).toMatchObject({ retried: 10, isComplete: false });
    expect(run.appInstalls?.problem?.detail).toContain('in time');
  });

  it('that fails for a reason of the app’s own does not touch the run', async () => {
    const { run } = await ran(
      reading(() => {
        throw new TypeError('a defect');
      }),
    );

    expect(run).toMatchObject({ status: 'completed', totals: { success: 120 } });
    expect(run.appInstalls).toBeUndefined();
  });
});

describe('a planner that dies before the note', () => {
  it('leaves it to the next delivery of its message', async () => {
    // Verified later, so that the app is still at work when the message comes again.
    const verifyAfterMs = [3_600_000];
    const undisturbed = await ran({ verifyAfterMs });
    const call = undisturbed.calls.lastIndexOf('queue.enqueueBatches');
    const { run } = await ran({ verifyAfterMs, crash: { call, when: 'after' } });

    expect(run).toMatchObject({ totals: { success: 120 }, appInstalls: { retried: 3 } });
  });
});

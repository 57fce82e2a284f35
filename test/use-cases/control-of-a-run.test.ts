import { describe, expect, it } from 'vitest';
import { commandCatalog } from '../../src/core/actions/command-catalog.ts';
import { actions } from '../../src/core/actions/index.ts';
import { cancelRun } from '../../src/use-cases/cancel-run.ts';
import { cleanUp } from '../../src/use-cases/clean-up.ts';
import { retryRun } from '../../src/use-cases/retry-run.ts';
import { startPlannedRun } from '../../src/use-cases/start-planned-run.ts';
import { aFleet, deviceId } from '../support/fleet.ts';
import { Simulation, type SimulationOptions, silentLog } from '../support/simulation.ts';

const who = { requestedBy: 'test' };

function planned(app: Simulation) {
  const { runs, keys, clock } = app;
  const commands = commandCatalog(actions);
  // Never twice the same: run ids must differ.
  const random = () => 0.25 + app.runs.rows.size * 1e-3;
  return startPlannedRun({ runs, keys, commands, clock, random }, app.startRun);
}

/** Lets no plan message reach the queue until the returned function is called. */
function failToEnqueue({ queue }: Simulation): () => void {
  const enqueuePlan = queue.enqueuePlan.bind(queue);
  queue.enqueuePlan = () => Promise.reject(new Error('storage'));
  return () => {
    queue.enqueuePlan = enqueuePlan;
  };
}

async function dryRun(options: Partial<SimulationOptions> = {}): Promise<Simulation> {
  const linux = aFleet(3, { operatingSystem: 'Linux' }).map((device, n) => ({
    ...device,
    id: deviceId(900 + n),
  }));
  const app = new Simulation({ fleet: [...aFleet(120), ...linux], ...options });
  await app.start({ dryRun: true, scope: { deviceNames: ['WS-*'] } });
  await app.settle();
  return app;
}

describe('a dry run', () => {
  it('makes the whole plan and sends nothing', async () => {
    const app = await dryRun();

    expect(app.graph.writes).toBe(0);
    expect(app.run).toMatchObject({
      status: 'planned',
      totalDevices: 123,
      skippedByReason: { unsupportedPlatform: 3 },
      plan: {
        devices: 120,
        notFound: 0,
        byPlatform: { windows: 120 },
        byReason: { unsupportedPlatform: 3 },
        calls: 31,
        estimatedSeconds: 16,
      },
    });
    expect(app.run.plan?.sample.byPlatform['windows']).toHaveLength(5);
    expect(app.queue.messages.filter(({ queue }) => queue === 'batches')).toEqual([]);
    expect(app.emitted).toEqual([]);
  });

  it('is then run as it was planned, device for device', async () => {
    const app = await dryRun();
    const plan = app.run;
    const inPlan = await app.ledger.listDevices(plan.id, { limit: 1_000, outcomes: ['planned'] });
    app.clock.moveTo(app.clock.now() + 1);
    const result = await planned(app)(plan.id, who, silentLog);
    await app.settle();

    expect(result.kind).toBe('started');
    expect(app.run).toMatchObject({ status: 'completed', totalDevices: 123 });
    expect(app.graph.sends.flatMap(({ deviceIds }) => deviceIds).sort()).toEqual(
      inPlan.value.map((device) => device.deviceId).sort(),
    );
    expect(app.runs.rows.get(plan.id)?.usedBy).toBe(app.run.id);
  });

  it('is run once, within an hour, and only if it is a plan', async () => {
    const app = await dryRun();
    const { id } = app.run;
    app.clock.moveTo(app.clock.now() + 1);
    await planned(app)(id, who, silentLog);
    const again = await planned(app)(id, who, silentLog);
    const late = await dryRun();
    late.clock.moveTo(late.clock.now() + 3_600_001);
    const expired = await planned(late)(late.run.id, who, silentLog);
    const unknown = await planned(late)('8204751216926-8d117533', who, silentLog);

    expect(again).toEqual({ kind: 'unusablePlan', why: 'it was used already' });
    expect(expired).toEqual({ kind: 'unusablePlan', why: 'it is older than an hour' });
    expect(unknown).toEqual({ kind: 'unknownPlan' });
    expect(await planned(app)(app.run.id, who, silentLog)).toMatchObject({ kind: 'unusablePlan' });
  });

  it('is run once, also when two ask for it in the same moment', async () => {
    const app = await dryRun();
    const { id } = app.run;
    app.clock.moveTo(app.clock.now() + 1);
    const { runs, keys, clock } = app;
    const commands = commandCatalog(actions);
    const ask = (random: number) =>
      startPlannedRun({ runs, keys, commands, clock, random: () => random }, app.startRun)(
        id,
        who,
        silentLog,
      );
    const results = await Promise.all([ask(0.25), ask(0.75)]);

    expect(results.map(({ kind }) => kind)).toEqual(['started', 'unusablePlan']);
  });

  it('is free again when its run could not be started for an overlap', async () => {
    const app = await dryRun();
    const { id } = app.run;
    app.clock.moveTo(app.clock.now() + 1);
    await app.start();
    const refused = await planned(app)(id, who, silentLog);

    expect(refused.kind).toBe('overlap');
    expect(app.runs.rows.get(id)?.usedBy).toBeUndefined();
  });

  it('is not run again for a new key', async () => {
    const app = await dryRun();
    const { id } = app.run;
    app.clock.moveTo(app.clock.now() + 1);
    await planned(app)(id, who, silentLog);
    await app.settle();
    app.clock.moveTo(app.clock.now() + 1);
    const idempotency = { key: 'another', fingerprint: 'a' };
    const again = await planned(app)(id, who, silentLog, { idempotency });
    await app.settle();

    expect(again).toEqual({ kind: 'unusablePlan', why: 'it was used already' });
    expect(app.runs.rows.size).toBe(2);
    expect(app.graph.writes).toBe(120);
  });

  it.each([undefined, { key: 'drill-1', fingerprint: 'a' }])(
    'can be run after all when the messages of its run could not be sent: with the key %j',
    async (idempotency) => {
      const app = await dryRun();
      const { id } = app.run;
      const options = idempotency === undefined ? {} : { idempotency };
      app.clock.moveTo(app.clock.now() + 1);
      const mended = failToEnqueue(app);
      await expect(planned(app)(id, who, silentLog, options)).rejects.toThrow('storage');
      mended();
      app.clock.moveTo(app.clock.now() + 1);
      const again = await planned(app)(id, who, silentLog, options);
      const repeated = await planned(app)(id, who, silentLog, options);
      await app.settle();

      expect(again.kind).toBe('started');
      expect(repeated.kind).toBe(idempotency === undefined ? 'unusablePlan' : 'repeated');
      expect(app.run).toMatchObject({ status: 'completed', totalDevices: 123 });
      expect(app.runs.rows.get(id)?.usedBy).toBe(app.run.id);
    },
  );

  it('can be run after all when its run died before it had a row', async () => {
    const app = await dryRun();
    const { id } = app.run;
    await app.runs.update(id, (plan) => ({ ...plan, usedBy: '8204751216926-8d117533' }));
    app.clock.moveTo(app.clock.now() + 1);
    const started = planned(app)(id, who, silentLog);
    await new Promise((resolve) => setImmediate(resolve));
    app.clock.moveTo(app.clock.now() + 2_000);

    expect((await started).kind).toBe('started');
  });
});

describe('a scope', () => {
  it('that names devices reads just those, and reports the ones that do not exist', async () => {
    const app = new Simulation({ fleet: aFleet(60) });
    app.graph.listDevices = () => {
      throw new Error('the fleet was listed');
    };
    await app.start({ scope: { deviceIds: [deviceId(1), deviceId(2), deviceId(777)] } });
    await app.settle();

    expect(app.run).toMatchObject({
      status: 'completedWithErrors',
      totalDevices: 3,
      totals: { success: 2, error: 1, errorsByCode: { notFound: 1 } },
    });
    expect(app.graph.writes).toBe(2);
  });

  it('may name more than the limit, when those that do not exist make the difference', async () => {
    const app = new Simulation({ fleet: aFleet(60) });
    const deviceIds = [deviceId(1), deviceId(2), deviceId(777)];
    await app.start({ maxDevices: 2, scope: { deviceIds } });
    await app.settle();

    expect(app.run).toMatchObject({ totals: { success: 2, error: 1 } });
  });

  it('that is strict refuses the run for a device that does not exist', async () => {
    const app = new Simulation({ fleet: aFleet(60) });
    await app.start({ strict: true, scope: { deviceIds: [deviceId(1), deviceId(777)] } });
    await app.settle();

    expect(app.run).toMatchObject({ status: 'failed', problem: { code: 'unknownDevices' } });
    expect(app.run.problem?.detail).toContain(deviceId(777));
    expect(app.graph.writes).toBe(0);
  });

  it('that excludes devices skips those, with that reason', async () => {
    const app = new Simulation({ fleet: aFleet(20) });
    await app.start({ scope: { exclude: { deviceNames: ['WS-1*'] } } });
    await app.settle();

    expect(app.run).toMatchObject({
      totalDevices: 20,
      skippedByReason: { excluded: 11 },
      totals: { success: 9 },
    });
  });

  it('that names a group which does not exist fails the run, and is named', async () => {
    const groupId = '11111111-2222-4333-8444-555555555555';
    const app = new Simulation({ fleet: aFleet(5) });
    await app.start({ scope: { groupIds: [groupId] } });
    await app.settle();

    expect(app.run).toMatchObject({ status: 'failed', problem: { code: 'unknownGroup' } });
    expect(app.run.problem?.detail).toContain(groupId);
  });

  it('that names a group reaches the devices in it', async () => {
    const groupId = '11111111-2222-4333-8444-555555555555';
    const fleet = aFleet(5).map((device, n) => ({ ...device, entraDeviceId: deviceId(500 + n) }));
    const app = new Simulation({ fleet });
    app.graph.groups.set(groupId, {
      deviceIds: new Set([deviceId(501), deviceId(503)]),
      userIds: new Set(),
    });
    await app.start({ scope: { groupIds: [groupId] } });
    await app.settle();

    expect(app.graph.sends.flatMap(({ deviceIds }) => deviceIds)).toEqual([
      deviceId(1),
      deviceId(3),
    ]);
    expect(app.run.totalDevices).toBe(2);
  });
});

describe('a limit', () => {
  it('refuses a larger plan before anything is sent, and says how large it is', async () => {
    const app = new Simulation({ fleet: aFleet(60) });
    await app.start({ maxDevices: 59 });
    await app.settle();

    expect(app.run).toMatchObject({ status: 'failed', problem: { code: 'tooManyDevices' } });
    expect(app.run.problem?.detail).toContain('60 devices');
    expect(app.graph.writes).toBe(0);
  });

  it('takes a plan of exactly that size', async () => {
    const app = new Simulation({ fleet: aFleet(60) });
    await app.start({ maxDevices: 60 });
    await app.settle();

    expect(app.run.status).toBe('completed');
  });
});

describe('a list that is shorter than what Intune counts', () => {
  it.each([
    [1_000, 1_010, 'completed'],
    [1_000, 1_011, 'failed'],
    [1_000, undefined, 'completed'],
  ])('%i listed of %s: %s', async (listed, counted, status) => {
    const app = new Simulation({ fleet: aFleet(listed) });
    app.graph.countEnrolled = () => Promise.resolve(counted);
    await app.start();
    await app.settle();

    expect(app.run.status).toBe(status);
  });
});

describe('a token without the roles', () => {
  it('fails the run before anything is listed, with the command that grants them', async () => {
    const app = new Simulation({
      fleet: aFleet(5),
      override: () => ({ permissions: { granted: () => Promise.resolve([]) } }),
    });
    app.graph.listDevices = () => {
      throw new Error('the fleet was listed');
    };
    await app.start();
    await app.settle();

    expect(app.run).toMatchObject({ status: 'failed', problem: { code: 'missingPermission' } });
    expect(app.run.problem?.detail).toContain('DeviceManagementManagedDevices.Read.All');
    expect(app.run.problem?.detail).toContain('npx fleet-sync permissions grant');
  });
});

describe('cancelling', () => {
  it('stops a run: what was sent stays sent, the rest is cancelled', async () => {
    const app = new Simulation({ fleet: aFleet(500) });
    await app.start();
    await app.settle(20_000);
    const sent = app.graph.writes;
    const at = app.clock.now();
    const result = await cancelRun(app)(app.run.id, silentLog);
    await app.settle();

    expect(result.kind).toBe('cancelled');
    expect(app.graph.writes).toBe(sent);
    expect(app.run).toMatchObject({ status: 'cancelled', totals: { success: sent, unknown: 0 } });
    expect(app.run.totals.cancelled).toBe(500 - sent);
    expect((app.run.completedAt ?? 0) - at).toBeLessThanOrEqual(30_000);
  });

  it('ends a run that is not planned yet at once', async () => {
    const app = new Simulation({ fleet: aFleet(50) });
    await app.start();
    await cancelRun(app)(app.run.id, silentLog);
    await app.settle();

    expect(app.run.status).toBe('cancelled');
    expect(app.graph.writes).toBe(0);
  });

  it('that comes in the moment in which the run ends is told that it is over', async () => {
    const app = new Simulation({ fleet: aFleet(1) });
    await app.start();
    const running = app.run;
    await app.settle();
    app.runs.get = () => Promise.resolve(running);
    const cancelled = await cancelRun(app)(running.id, silentLog);

    expect(cancelled).toEqual({ kind: 'final', run: app.run });
  });

  it('is refused for a run that is over, and for one that does not exist', async () => {
    const app = new Simulation({ fleet: aFleet(1) });
    await app.start();
    await app.settle();

    expect(await cancelRun(app)(app.run.id, silentLog)).toMatchObject({ kind: 'final' });
    expect(await cancelRun(app)('8204751216926-8d117533', silentLog)).toEqual({ kind: 'unknown' });
  });
});

describe('a retry', () => {
  const outcomes = ['failed', 'cancelled', 'unknown', 'silent'];
  const failing = new Set([deviceId(3), deviceId(40)]);

  it('sends to exactly what failed, and is linked both ways', async () => {
    let isBroken = true;
    const app = new Simulation({
      fleet: aFleet(60),
      maxRetries: 0,
      script: (id) => ({ status: isBroken && failing.has(id) ? 503 : 204 }),
    });
    await app.start();
    await app.settle();
    const first = app.run;
    isBroken = false;
    app.clock.moveTo(app.clock.now() + 1);
    const writes = app.graph.writes;
    const result = await retryRun(app, app.startRun)(first.id, { outcomes, ...who }, silentLog);
    await app.settle();

    expect(first.totals).toMatchObject({ success: 58, error: 2 });
    expect(result.kind).toBe('started');
    expect(app.run).toMatchObject({ trigger: 'retry', status: 'completed', totalDevices: 2 });
    expect(app.graph.writes - writes).toBe(2);
    expect(new Set(app.graph.sends.at(-1)?.deviceIds)).toEqual(failing);
    expect(app.runs.rows.get(first.id)?.retriedBy).toEqual([app.run.id]);
    expect(app.run.source).toEqual({ kind: 'retry', runId: first.id, outcomes });
  });

  it('that is asked for again with the same key is linked once', async () => {
    const app = new Simulation({ fleet: aFleet(2), script: () => ({ status: 404 }) });
    await app.start();
    await app.settle();
    const { id } = app.run;
    app.clock.moveTo(app.clock.now() + 1);
    const retry = retryRun(app, app.startRun);
    const idempotency = { key: 'again', fingerprint: 'a' };
    const request = { outcomes: ['notFound'], ...who };
    const first = await retry(id, request, silentLog, { idempotency });
    const second = await retry(id, request, silentLog, { idempotency });

    expect([first.kind, second.kind]).toEqual(['started', 'repeated']);
    expect(app.runs.rows.get(id)?.retriedBy).toEqual([app.run.id]);
  });

  it('of a dry run is refused: nothing of it was sent', async () => {
    const app = await dryRun();
    const request = { outcomes: ['planned'], ...who };

    expect(await retryRun(app, app.startRun)(app.run.id, request, silentLog)).toEqual({
      kind: 'notEnded',
    });
  });

  it('has nothing to do when nothing failed; an open run is not retried', async () => {
    const app = new Simulation({ fleet: aFleet(2) });
    await app.start();
    const retry = retryRun(app, app.startRun);
    const open = await retry(app.run.id, { outcomes, ...who }, silentLog);
    await app.settle();

    expect(open).toEqual({ kind: 'notEnded' });
    expect(await retry(app.run.id, { outcomes, ...who }, silentLog)).toEqual({ kind: 'nothing' });
    expect(await retry('8204751216926-8d117533', { outcomes, ...who }, silentLog)).toEqual({
      kind: 'unknown',
    });
  });
});

describe('retention', () => {
  it('removes what is too old, with its items, and leaves the rest', async () => {
    const app = new Simulation({ fleet: aFleet(10) });
    await app.start({}, { idempotency: { key: 'old', fingerprint: 'a' } });
    await app.settle();
    const old = app.run.id;
    app.clock.moveTo(app.clock.now() + 91 * 86_400_000);
    await app.start();
    await app.settle();
    await cleanUp(app, { retentionMs: 90 * 86_400_000 })(silentLog);

    expect([...app.runs.rows.keys()]).toEqual([app.run.id]);
    expect([...app.ledger.outcomes.keys()].some((key) => key.startsWith(old))).toBe(false);
    expect(app.keys.entries.size).toBe(0);
  });

  it('removes the row last: what fails before it is made good the next time', async () => {
    const app = new Simulation({ fleet: aFleet(10) });
    await app.start();
    await app.settle();
    app.clock.moveTo(app.clock.now() + 91 * 86_400_000);
    const clear = app.ledger.clear.bind(app.ledger);
    app.ledger.clear = () => Promise.reject(new Error('storage'));
    const clean = cleanUp(app, { retentionMs: 90 * 86_400_000 });
    await expect(clean(silentLog)).rejects.toThrow('storage');
    app.ledger.clear = clear;
    await clean(silentLog);

    expect([app.runs.rows.size, app.ledger.outcomes.size]).toEqual([0, 0]);
  });

  it('keeps a run for which something is left to do', async () => {
    const app = new Simulation({ fleet: aFleet(10), verifyAfterMs: [2 * 86_400_000] });
    await app.start();
    await app.settle(86_400_000);
    await cleanUp(app, { retentionMs: 3_600_000 })(silentLog);

    expect(app.runs.rows.size).toBe(1);
    expect(app.ledger.outcomes.size).toBe(10);
  });
});

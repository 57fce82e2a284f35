import { describe, expect, it } from 'vitest';
import { skippedOf } from '../../src/core/run.ts';
import { processedOf } from '../../src/core/totals.ts';
import { aFleet, deviceId } from '../support/fleet.ts';
import { Simulation, type SimulationOptions } from '../support/simulation.ts';

async function runOf(options: SimulationOptions): Promise<Simulation> {
  const app = new Simulation(options);
  await app.start();
  await app.settle();
  return app;
}

/** The longest any window of 20 s had, as Graph counts writes. */
function mostWritesIn20s({ graph }: Simulation): number {
  const windows = graph.sends.map(({ at: start }) =>
    graph.sends
      .filter(({ at }) => at >= start && at < start + 20_000)
      .reduce((sum, { deviceIds }) => sum + deviceIds.length, 0),
  );
  return Math.max(0, ...windows);
}

describe('a run', () => {
  it.each([0, 1, 49, 50, 51, 1_001])(
    'reaches every device of a fleet of %i once',
    async (count) => {
      const app = await runOf({ fleet: aFleet(count) });

      expect(app.run).toMatchObject({
        status: 'completed',
        totalDevices: count,
        batchCount: Math.ceil(count / 50),
        totals: { success: count, error: 0, cancelled: 0, unknown: 0 },
      });
      expect(app.graph.sends.flatMap(({ deviceIds }) => deviceIds).sort()).toEqual(
        aFleet(count).map(({ id }) => id),
      );
    },
  );

  it('sends to the stalest devices first', async () => {
    const fleet = aFleet(60).reverse();
    const { graph } = await runOf({ fleet });

    const sent = graph.sends.flatMap(({ deviceIds }) => deviceIds);
    expect(sent.slice(0, 4)).toEqual(aFleet(4).map(({ id }) => id));
    expect(sent.indexOf(deviceId(59))).toBeGreaterThan(sent.indexOf(deviceId(50)));
  });

  it('counts a device once that the list repeats', async () => {
    const app = await runOf({ fleet: [...aFleet(40), ...aFleet(5)] });

    expect(app.run).toMatchObject({ totalDevices: 40, totals: { success: 40 } });
    expect(app.graph.writes).toBe(40);
  });

  it('stays inside the write quota of 200 in 20 s', async () => {
    const app = await runOf({ fleet: aFleet(1_000) });

    expect(mostWritesIn20s(app)).toBeLessThanOrEqual(160);
    expect(app.graph.sends.at(-1)?.at).toBeGreaterThan(app.run.createdAt + 120_000);
  });

  it('emits its metrics once, with its totals', async () => {
    const app = await runOf({ fleet: aFleet(30) });

    expect(app.emitted).toEqual([
      {
        event: 'RunCompleted',
        metrics: {
          TotalDevices: 30,
          SuccessCount: 30,
          ErrorCount: 0,
          Duration: ((app.run.completedAt ?? 0) - app.run.createdAt) / 1000,
          SkippedCount: 0,
          UnknownCount: 0,
          BatchesProcessed: 1,
          ThrottledCount: 0,
          ErrorRatePercent: 0,
        },
      },
    ]);
  });

  it('counts outcomes by code and ends with errors', async () => {
    const answers: Record<string, { status: number; code: string }> = {
      [deviceId(0)]: { status: 404, code: 'ResourceNotFound' },
      [deviceId(1)]: { status: 400, code: 'BadRequest' },
      [deviceId(2)]: { status: 409, code: 'Conflict' },
    };
    const app = await runOf({
      fleet: aFleet(10),
      script: (id) => answers[id] ?? { status: 204 },
    });

    expect(app.run.status).toBe('completedWithErrors');
    expect(app.run.totals).toMatchObject({
      success: 7,
      error: 3,
      errorsByCode: { ResourceNotFound: 1, BadRequest: 1, Conflict: 1 },
    });
    expect(app.graph.writes).toBe(10);
  });
});

describe('a device that fails for a while', () => {
  it('is tried again and accepted', async () => {
    const app = await runOf({
      fleet: aFleet(3),
      script: (id, attempt) => ({ status: id === deviceId(1) && attempt < 4 ? 503 : 204 }),
    });

    expect(app.run.totals).toMatchObject({ success: 3, error: 0 });
    expect(app.graph.sendsTo(deviceId(1))).toBe(4);
  });

  it('fails after the retries that are set, under the code of its last answer', async () => {
    const app = await runOf({
      fleet: aFleet(3),
      maxRetries: 2,
      script: (id) => (id === deviceId(1) ? { status: 503, code: 'busy' } : { status: 204 }),
    });

    expect(app.run.totals).toMatchObject({ success: 2, error: 1, errorsByCode: { busy: 1 } });
    expect(app.graph.sendsTo(deviceId(1))).toBe(3);
  });

  it('is never given up for being throttled', async () => {
    const app = await runOf({
      fleet: aFleet(1),
      maxRetries: 0,
      script: (_id, attempt) =>
        attempt <= 30 ? { status: 429, retryAfterMs: 1_000 } : { status: 204 },
    });

    expect(app.run.totals).toMatchObject({ success: 1, error: 0, throttled: 30 });
  });
});

describe('a throttled answer', () => {
  it('pauses every batch until its Retry-After', async () => {
    const app = await runOf({
      fleet: aFleet(150),
      script: (id, attempt) =>
        id === deviceId(0) && attempt === 1
          ? { status: 429, retryAfterMs: 120_000 }
          : { status: 204 },
    });
    const [first, second] = app.graph.sends;

    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(120_000);
    expect(app.run.totals).toMatchObject({ success: 150, throttled: 1 });
  });

  it('puts a batch back on the queue for a long wait, and goes on where it was', async () => {
    const app = await runOf({
      fleet: aFleet(45),
      script: (id, attempt) =>
        id === deviceId(25) && attempt === 1
          ? { status: 429, retryAfterMs: 600_000 }
          : { status: 204 },
    });

    expect(app.run.totals).toMatchObject({ success: 45, error: 0 });
    expect(app.graph.writes).toBe(46);
  });
});

describe('a refusal for good', () => {
  it.each([
    [{ status: 403, code: 'Forbidden' }, 'missingPermission'],
    [{ status: 403, message: 'This operation requires Multi Admin Approval.' }, 'approvalRequired'],
    [{ status: 401, code: 'InvalidAuthenticationToken' }, 'unauthorized'],
  ])('stops the run after one chunk: %o', async (answer, code) => {
    const app = await runOf({ fleet: aFleet(200), script: () => answer });

    expect(app.run).toMatchObject({
      status: 'failed',
      problem: { code },
      totalDevices: 200,
      totals: { success: 0, error: 4, cancelled: 196, unknown: 0 },
    });
    expect(app.graph.writes).toBe(4);
    expect(app.emitted).toHaveLength(1);
  });

  it('names the permission that is missing', async () => {
    const app = await runOf({ fleet: aFleet(1), script: () => ({ status: 403 }) });

    expect(app.run.problem?.detail).toContain(
      'DeviceManagementManagedDevices.PrivilegedOperations.All',
    );
  });
});

describe('a run at its deadline', () => {
  it('is closed with what was sent; the rest is unknown', async () => {
    const app = await runOf({ fleet: aFleet(1_000), deadlineMs: 60_000 });
    const { run } = app;

    expect(run).toMatchObject({ status: 'timedOut', problem: { code: 'deadlineExceeded' } });
    expect(run.totals.success).toBe(app.graph.writes);
    expect(run.totals.unknown).toBe(1_000 - app.graph.writes);
    expect(processedOf(run.totals) + skippedOf(run)).toBe(1_000);
  });
});

describe('a message that comes twice', () => {
  it.each(['plans', 'batches', 'monitor'] as const)(
    'changes nothing when it is one of %s',
    async (queue) => {
      const app = new Simulation({ fleet: aFleet(120) });
      await app.start();
      const send = app.queue.send.bind(app.queue);
      app.queue.send = (name, entry, delayMs) => {
        const message = send(name, entry, delayMs);
        if (name === queue) send(name, entry, delayMs);
        return message;
      };
      if (queue !== 'batches') app.queue.send(queue, { runId: app.run.id }, 0);
      await app.settle();

      expect(app.run).toMatchObject({ status: 'completed', totals: { success: 120 } });
      expect(app.graph.writes).toBe(120);
    },
  );

  it('leaves one monitor message of many', async () => {
    const app = new Simulation({ fleet: aFleet(2_000) });
    await app.start();
    for (let copy = 0; copy < 5; copy++) app.queue.send('monitor', { runId: app.run.id }, copy);
    await app.settle(60_000);

    expect(app.queue.messages.filter(({ queue }) => queue === 'monitor')).toHaveLength(1);
  });
});

describe('telemetry that fails', () => {
  it('never fails a run, and is given up after nine tries in some 43 minutes', async () => {
    const tries: number[] = [];
    const app = await runOf({
      fleet: aFleet(10),
      override: ({ clock }) => ({
        telemetry: {
          emit({ event }) {
            // The watchdog has gauges of its own.
            if (event !== undefined) tries.push(clock.now());
            return Promise.reject(new Error('no network'));
          },
        },
      }),
    });
    const waits = tries.slice(1).map((at, place) => (at - (tries[place] ?? 0)) / 10_000);

    expect(app.run).toMatchObject({ status: 'completed', reportAttempts: 9 });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
  });

  it('holds up no verification', async () => {
    const telemetry = { emit: () => Promise.reject(new Error('no network')) };
    const verifyAfterMs = [60_000];
    const app = await runOf({ fleet: aFleet(10), verifyAfterMs, override: () => ({ telemetry }) });
    const [pass] = app.run.verification;

    expect((pass?.found?.at ?? Infinity) - (pass?.dueAt ?? 0)).toBeLessThan(15_000);
  });
});

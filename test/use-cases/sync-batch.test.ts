import { describe, expect, it } from 'vitest';
import type { WriteRequest } from '../../src/core/write-budget.ts';
import type { CommandSender } from '../../src/use-cases/ports.ts';
import {
  aBatch,
  aRunId,
  batchDevices,
  startOfTest as now,
  syncCommand,
} from '../support/factories.ts';
import { aFleet, deviceId } from '../support/fleet.ts';
import { Simulation } from '../support/simulation.ts';
import { Worker } from './support/worker.ts';

describe('a batch whose handler always fails', () => {
  it('is poisoned: its devices are failed, and the run ends and adds up', async () => {
    const sender: CommandSender = {
      send: (_action, ids) =>
        ids.includes(deviceId(0))
          ? Promise.reject(new Error('a bug'))
          : Promise.resolve(ids.map(() => ({ status: 204 }))),
      sendBulk: () => Promise.reject(new Error('nobody sends in bulk')),
    };
    const app = new Simulation({ fleet: aFleet(100), override: () => ({ sender }) });
    await app.start();
    await app.settle();

    expect(app.run).toMatchObject({
      status: 'completedWithErrors',
      totals: { success: 50, error: 50, errorsByCode: { poisoned: 50 } },
    });
    expect(app.ledger.outcomes.size).toBe(100);
  });
});

describe('two deliveries of one batch', () => {
  it('do not both send: the second finds the batch taken', async () => {
    const app = new Simulation({ fleet: aFleet(50), isScheduled: true });
    await app.start();
    for (let copy = 0; copy < 3; copy++) {
      app.queue.send('batches', { runId: app.run.id, batch: 0 }, 0);
    }
    await app.settle();

    expect(app.graph.writes).toBe(50);
    expect(app.run.totals).toMatchObject({ success: 50 });
  });

  it('do not both record: a worker that was thought dead finds its batch taken over', async () => {
    let isFirst = true;
    const app = new Simulation({
      fleet: aFleet(50),
      override: ({ graph, clock }) => ({
        sender: {
          sendBulk: (bulk, ids) => graph.sendBulk(bulk, ids),
          async send(action, ids) {
            const isLate = isFirst;
            isFirst = false;
            const answers = await graph.send(action, ids);
            // The answer arrives when the batch was given to another worker long ago.
            if (isLate) await clock.sleep(300_000);
            return answers;
          },
        },
      }),
    });
    await app.start();
    await app.settle();

    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 50 } });
    expect(app.graph.writes).toBe(54);
  });
});

describe('a batch of a run that was told to stop', () => {
  it('sends nothing more; what was sent stays sent', async () => {
    const app = new Simulation({ fleet: aFleet(500) });
    await app.start();
    await app.settle(20_000);
    const sentBefore = app.graph.writes;
    await app.runs.update(app.run.id, (run) => ({
      ...run,
      stop: { status: 'cancelled', at: app.clock.now() },
    }));
    await app.settle();

    expect(app.run).toMatchObject({
      status: 'cancelled',
      totals: { success: sentBefore, cancelled: 500 - sentBefore, unknown: 0 },
    });
    expect(sentBefore).toBeGreaterThan(0);
    expect(app.graph.writes).toBe(sentBefore);
  });
});

describe('storage that fails while a batch is recorded', () => {
  it('leads to another delivery, which sends nothing again', async () => {
    const app = new Simulation({ fleet: aFleet(50) });
    const finishBatch = app.ledger.finishBatch.bind(app.ledger);
    let failures = 3;
    app.ledger.finishBatch = async (stored) => {
      if (failures-- > 0) throw new Error('storage');
      await finishBatch(stored);
    };
    await app.start();
    await app.settle();

    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 50 } });
    expect(app.graph.writes).toBe(50);
  });
});

/** As many as each call sent to. */
const sizesOf = ({ graph }: Worker) => graph.sends.map(({ deviceIds }) => deviceIds.length);

/** A worker whose first slot is a second away: the two before it are taken. */
async function aWaitingWorker(options: ConstructorParameters<typeof Worker>[0]): Promise<Worker> {
  const worker = new Worker(options);
  const others = { count: 4, backlog: 4, lane: 'normal', maxWaitMs: 3_000, lateMs: 0 } as const;
  for (let slot = 0; slot < 2; slot++) await worker.budget.reserve(others);
  return worker;
}

describe('a message for a batch of a run that is over', () => {
  it('does nothing, also when the batch was never closed', async () => {
    const worker = new Worker({ run: { status: 'failed', completedAt: now } });
    await worker.work();

    expect(worker.graph.sends).toEqual([]);
    expect((await worker.batch()).batch).toEqual(aBatch());
  });
});

describe('a worker that waits for its slot', () => {
  it('sends nothing when Graph throttles another one meanwhile', async () => {
    const worker = await aWaitingWorker({
      whileAsleep: ({ budget }, nth) =>
        nth === 1 ? budget.throttle({ at: now, waitMs: 60_000 }) : Promise.resolve(),
    });
    await worker.work();

    expect(worker.graph.sends).toEqual([]);
    expect(worker.queue.messages).toHaveLength(1);
    expect((await worker.batch()).batch.dueAt).toBeGreaterThan(now + 50_000);
  });

  it('sends one by one when Graph refuses a bulk call of another one meanwhile', async () => {
    const worker = await aWaitingWorker({
      run: { mode: 'bulk' },
      whileAsleep: ({ runs }, nth) =>
        nth === 1
          ? runs.update(aRunId, (run) => ({ ...run, isBulkRefused: true }))
          : Promise.resolve(),
    });
    await worker.work();

    expect(worker.graph.bulkCalls).toEqual([]);
    expect(sizesOf(worker)).toEqual([3]);
  });
});

describe('a wait', () => {
  const waiting = (retryAt: number) => ({
    devices: batchDevices(1),
    progress: [{ attempts: 1, failures: 1, retryAt }],
  });

  it('of 3 s is sat out', async () => {
    const worker = new Worker({ batch: waiting(now + 3_000) });
    await worker.work();

    expect(worker.graph.sends.map(({ at }) => at)).toEqual([now + 3_000]);
    expect(worker.queue.messages).toEqual([]);
  });

  it('that is longer goes back to the queue, and the claim with it', async () => {
    const worker = new Worker({ batch: waiting(now + 3_001) });
    await worker.work();

    expect(worker.graph.sends).toEqual([]);
    expect(worker.queue.messages.map(({ visibleAt }) => visibleAt)).toEqual([now + 3_001]);
    const { batch } = await worker.batch();
    expect({ dueAt: batch.dueAt, claimedBy: batch.claimedBy }).toEqual({
      dueAt: now + 3_001,
      claimedBy: undefined,
    });
  });
});

describe('a command that costs two writes', () => {
  const command = { ...syncCommand, cost: 2 };

  it('is reserved with both, for the call and for all that is left of the batch', async () => {
    const worker = new Worker({ command, batch: { devices: batchDevices(30) } });
    const requests: WriteRequest[] = [];
    const reserve = worker.budget.reserve.bind(worker.budget);
    worker.budget.reserve = (request) => {
      requests.push(request);
      return reserve(request);
    };
    await worker.work();

    const [first, second] = requests;
    expect(first).toEqual({ count: 40, backlog: 60, lane: 'normal', maxWaitMs: 3_000, lateMs: 0 });
    expect(second).toMatchObject({ count: 40, backlog: 56 });
    expect(new Set(sizesOf(worker))).toEqual(new Set([2]));
  });

  it('goes by itself where a slot has room for one write only', async () => {
    const worker = new Worker({ command, writesPerSecond: 2 });
    await worker.work();

    expect(sizesOf(worker)).toEqual([1, 1, 1]);
  });
});

describe('what the answers to a call say', () => {
  it('closes the gate for everybody, also when the batch was taken over meanwhile', async () => {
    const worker = new Worker({
      script: () => ({ status: 429, retryAfterMs: 60_000 }),
      whileSending: async ({ ledger }) => {
        const { batch, etag } = await worker.batch();
        await ledger.saveBatch({ batch: { ...batch, claimedBy: 'another' }, etag });
      },
    });
    await worker.work();

    expect(worker.budget.state.closedUntil).toBe(now + 60_000);
    expect((await worker.batch()).batch).toMatchObject({ claimedBy: 'another', throttled: 0 });
  });

  it('changes nothing in a run that is over by then', async () => {
    const worker = new Worker({
      script: () => ({ status: 403 }),
      whileSending: ({ runs }) =>
        runs.update(aRunId, (run) => ({ ...run, status: 'cancelled', completedAt: now })),
    });
    await worker.work();

    const run = await worker.run();
    expect(run).toMatchObject({ status: 'cancelled', completedAt: now });
    expect({ problem: run.problem, stop: run.stop }).toEqual({});
  });

  it('is a sign of life of its worker', async () => {
    const signs: unknown[] = [];
    const worker = new Worker({
      batch: { devices: batchDevices(8) },
      whileSending: async (at) => {
        signs.push((await at.batch()).batch.aliveAt);
        at.pass(10_000);
      },
    });
    await worker.work();

    expect(signs).toEqual([now, now + 10_000]);
  });
});

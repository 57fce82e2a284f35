import { describe, expect, it } from 'vitest';
import type { CommandSender } from '../../src/use-cases/ports.ts';
import { aFleet, deviceId } from '../support/fleet.ts';
import { Simulation } from '../support/simulation.ts';

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

import { describe, expect, it } from 'vitest';
import { aFleet } from '../support/fleet.ts';
import { Simulation } from '../support/simulation.ts';

/** A scheduled run of 1,000 devices, two minutes of work, 20 s after its start. */
async function inTheMiddleOfARun(): Promise<Simulation> {
  const app = new Simulation({ fleet: aFleet(1_000) });
  await app.start();
  await app.settle(20_000);
  return app;
}

const phones = { scope: { deviceNames: ['WS-99*'] }, priority: 'urgent' } as const;

describe('an urgent run in the middle of another', () => {
  it('reaches its first device within 10 s', async () => {
    const app = await inTheMiddleOfARun();
    const requestedAt = app.clock.now();
    await app.start(phones);
    await app.settle();

    const urgent = app.run;
    const ids = new Set(
      [...app.ledger.batches.values()]
        .filter(({ batch }) => batch.runId === urgent.id)
        .flatMap(({ batch }) => batch.devices.map(({ id }) => id)),
    );
    const first = app.graph.sends.find(
      ({ at, deviceIds }) => at >= requestedAt && deviceIds.some((id) => ids.has(id)),
    );
    expect(urgent).toMatchObject({ priority: 'urgent', totals: { success: 11 } });
    expect((first?.at ?? Infinity) - requestedAt).toBeLessThan(10_000);
  });

  it('has Graph to itself while it is open', async () => {
    const app = await inTheMiddleOfARun();
    await app.start({ ...phones, scope: { deviceNames: ['WS-5*', 'WS-6*'] } });
    const urgentId = app.run.id;
    await app.settle();

    const batches = [...app.ledger.batches.values()].map(({ batch }) => batch);
    const acceptedAt = (isUrgent: boolean) =>
      batches
        .filter(({ runId }) => (runId === urgentId) === isUrgent)
        .flatMap(({ progress }) => progress.map(({ result }) => result?.acceptedAt ?? 0));
    const first = Math.min(...acceptedAt(true));
    const last = Math.max(...acceptedAt(true));
    expect(last - first).toBeGreaterThan(20_000);
    expect(acceptedAt(false).filter((at) => at > first && at < last)).toEqual([]);
  });

  it('only delays the other: every device is reached, and no message is poisoned', async () => {
    const app = await inTheMiddleOfARun();
    const scheduled = app.run.id;
    await app.start({ priority: 'urgent' });
    let mostDeliveries = 0;
    const send = app.queue.send.bind(app.queue);
    app.queue.send = (...args) => {
      mostDeliveries = Math.max(0, ...app.queue.messages.map((m) => m.dequeueCount));
      return send(...args);
    };
    await app.settle();

    expect(await app.runs.get(scheduled)).toMatchObject({
      status: 'completed',
      totals: { success: 1_000, error: 0 },
    });
    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 1_000, error: 0 } });
    expect(app.graph.writes).toBe(2_000);
    expect(mostDeliveries).toBe(1);
    expect([...app.ledger.batches.values()].map(({ batch }) => batch.requeues)).not.toContain(1);
  });
});

describe('a dry run that is urgent', () => {
  it('makes nobody step aside', async () => {
    const app = await inTheMiddleOfARun();
    const before = app.graph.writes;
    await app.start({ priority: 'urgent', dryRun: true });
    await app.settle(5_000);

    expect(app.graph.writes).toBeGreaterThan(before + 30);
  });
});

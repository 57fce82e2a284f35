import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalApp, startLocalApp, until } from '../support/local-app.ts';

let app: LocalApp;
const settings = { SYNC_WRITES_PER_SECOND: '9' };

beforeAll(async () => {
  const fleet = { devices: 200, duplicatesAcrossPages: 3, goneShare: 0.02, refusedShare: 0.02 };
  app = await startLocalApp({ graph: { fleet }, instances: 2, settings });
});
afterAll(() => app.close());

describe('the schedule, with two instances', () => {
  it(
    'syncs every device once, adds up, and reports what happened',
    { timeout: 120_000 },
    async () => {
      const { graph, ingestion } = app.environment;
      const before = graph.statistics();
      await app.fire('scheduledSync');
      const run = await app.untilRun(await app.untilScheduledRun());
      const counted = graph.statistics();
      const { totals } = run;

      expect(run.status).toBe('completedWithErrors');
      expect(totals.totalDevices).toBe(200);
      expect(totals.success + totals.error + totals.skipped).toBe(200);
      expect(totals.error).toBeGreaterThan(0);
      expect(totals).toMatchObject({ cancelled: 0, unknown: 0, pending: 0 });
      expect(run['report']).toEqual({
        TotalDevices: 200,
        SuccessCount: totals.success,
        ErrorCount: totals.error,
        DurationMinutes: expect.any(Number) as number,
        BatchesProcessed: run['batchCount'],
      });
      expect(counted.devicesSynced - before.devicesSynced).toBe(totals.success);
      expect(counted).toMatchObject({ duplicateSyncs: 0, throttled: 0 });
      expect(counted.maxWritesPer20s).toBeLessThanOrEqual(200);

      const events = await until(() => {
        const received = ingestion.events().filter(({ name }) => name === 'RunCompleted');
        return Promise.resolve(received.length > 0 ? received : undefined);
      });
      expect(events).toHaveLength(1);
      expect(events[0]?.properties).toMatchObject({ runId: run.id, TotalDevices: '200' });
      // Events and metrics are exported apart from each other.
      const received = await until(() => {
        const successes = ingestion.metrics().filter(({ name }) => name === 'SuccessCount');
        return Promise.resolve(successes.length > 0 ? successes : undefined);
      });
      expect(received.map(({ value }) => value)).toEqual([totals.success]);

      const { success, error, skipped } = totals;
      expect(await app.devicesOf(run.id, 'accepted')).toHaveLength(success);
      expect(await app.devicesOf(run.id, 'notFound,notSupported,failed')).toHaveLength(error);
      expect(await app.devicesOf(run.id, 'skipped')).toHaveLength(skipped);
    },
  );
});

describe('a message that comes again', () => {
  it('sends nothing again: plan, batch and monitor', { timeout: 120_000 }, async () => {
    const { graph } = app.environment;
    const runId = await app.startRun({ reason: 'redelivery' });
    await app.send('sync-plans', { runId });
    await app.untilRun(runId, ({ status }) => status === 'running');
    const before = graph.statistics().duplicateSyncs;
    for (const batch of [0, 1, 2, 3]) await app.send('sync-batches', { runId, batch });
    await app.send('sync-plans', { runId });
    await app.send('sync-monitor', { runId });
    const { totals } = await app.untilRun(runId);
    const synced = graph.statistics().duplicateSyncs - before;

    expect(totals.success + totals.error + totals.skipped).toBe(200);
    // The run before synced the same fleet, so each success of this one is a second sync.
    expect(synced).toBeLessThanOrEqual(totals.success);
  });
});

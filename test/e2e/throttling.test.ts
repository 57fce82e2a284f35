import { describe, expect, it } from 'vitest';
import { type LocalApp, type RunDocument, startLocalApp, until } from '../support/local-app.ts';

const forms = ['date', 'fraction', 'negative', 'unreadable', 'absent'] as const;
const onlyWindows = { windows: 1, iOS: 0, iPadOS: 0, macOS: 0, android: 0, linux: 0, chromeOS: 0 };

/** Runs a test with an app of its own, with two instances. */
async function withApp(devices: number, test: (app: LocalApp) => Promise<void>): Promise<void> {
  const fleet = { devices, platforms: onlyWindows, noSyncAgentShare: 0, leavingShare: 0 };
  const app = await startLocalApp({ graph: { fleet }, instances: 2 });
  try {
    await test(app);
  } finally {
    await app.close();
  }
}

/** Waits until so many devices were synced. */
function untilSynced({ environment: { graph } }: LocalApp, devices: number): Promise<true> {
  return until(() =>
    Promise.resolve(graph.statistics().devicesSynced >= devices ? true : undefined),
  );
}

/** Every device of the fleet has been accepted, and each once. */
function expectWhole({ environment: { graph } }: LocalApp, run: RunDocument, devices: number) {
  const { success, error, cancelled, unknown } = run.totals;
  expect({ status: run.status, success, error, cancelled, unknown }).toEqual({
    status: 'completed',
    success: devices,
    error: 0,
    cancelled: 0,
    unknown: 0,
  });
  expect(graph.statistics()).toMatchObject({ devicesSynced: devices, duplicateSyncs: 0 });
}

describe.concurrent('a run that Graph throttles', () => {
  it(
    'for 60 s asks again now and then, then reaches every device',
    { timeout: 300_000 },
    async () => {
      await withApp(160, async (app) => {
        const { graph } = app.environment;
        const id = await app.startRun();
        await untilSynced(app, 40);
        graph.setFaults({ throttleUntil: 60_000, retryAfterSeconds: 5 });
        const run = await app.untilRun(id);

        expectWhole(app, run, 160);
        // One call every 5 s, of four devices each; both instances together.
        expect(graph.statistics().throttled).toBeGreaterThan(0);
        expect(graph.statistics().throttled).toBeLessThanOrEqual(60);
      });
    },
  );

  it('with a Retry-After of 120 s sends nothing for so long', { timeout: 400_000 }, async () => {
    await withApp(100, async (app) => {
      const { graph } = app.environment;
      const id = await app.startRun();
      await untilSynced(app, 30);
      graph.setFaults({ throttleUntil: 3_000, retryAfterSeconds: 120 });
      await until(() => Promise.resolve(graph.statistics().throttled > 0 ? true : undefined));
      const throttledAt = graph.statistics().lastWriteAt ?? 0;
      const run = await app.untilRun(id);

      expectWhole(app, run, 100);
      const { writes, throttled } = graph.statistics();
      // Nothing went between the throttled call and the end of its wait.
      expect(writes).toBe(100 + throttled);
      expect(throttled).toBeLessThanOrEqual(8);
      expect(graph.writesAfter(throttledAt + 115_000)).toBeGreaterThanOrEqual(60);
    });
  });

  it('reaches every device, whatever form the Retry-After has', { timeout: 400_000 }, async () => {
    await withApp(12, async (app) => {
      const { graph } = app.environment;
      for (const retryAfterForm of forms) {
        graph.resetStatistics();
        graph.setFaults({ throttleUntil: 600_000, retryAfterForm, retryAfterSeconds: 2.5 });
        const id = await app.startRun({ reason: retryAfterForm });
        await until(() => Promise.resolve(graph.statistics().throttled > 0 ? true : undefined));
        graph.setFaults({ throttleUntil: null });
        const run = await app.untilRun(id);

        expectWhole(app, run, 12);
        expect(run['throttledCount']).toBe(graph.statistics().throttled);
      }
    });
  });

  it('with an absurd Retry-After waits for an hour, no longer', { timeout: 300_000 }, async () => {
    await withApp(40, async (app) => {
      const { graph } = app.environment;
      graph.setFaults({ throttleUntil: 60_000, retryAfterForm: 'absurd' });
      const before = Date.now();
      const id = await app.startRun();
      await until(() => Promise.resolve(graph.statistics().throttled > 0 ? true : undefined));
      const row = await until(async () => {
        const entity = await app.table('Coordination').getEntity('writeBudget', 'graph');
        const state = JSON.parse(String(entity['state'])) as { closedUntil: number };
        return state.closedUntil > 0 ? state : undefined;
      });
      const after = Date.now();
      expect((await app.post(`/api/runs/${id}/cancel`, {})).status).toBe(202);
      const run = await app.untilRun(id);

      expect(row.closedUntil).toBeGreaterThanOrEqual(before + 3_600_000);
      expect(row.closedUntil).toBeLessThanOrEqual(after + 3_601_000);
      expect(run).toMatchObject({ status: 'cancelled', totals: { cancelled: 40 } });
    });
  });
});

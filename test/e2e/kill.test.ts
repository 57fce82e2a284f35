import { afterEach, describe, expect, it } from 'vitest';
import { type LocalApp, type RunDocument, startLocalApp, until } from '../support/local-app.ts';

/** A chunk: what was in flight when a worker died may be sent twice. */
const CHUNK_SIZE = 20;

let app: LocalApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

function sumOf({ totals }: RunDocument): number {
  const { success, error, skipped, cancelled, unknown } = totals;
  return success + error + skipped + cancelled + unknown;
}

/** Kills an instance of the app with SIGKILL: nothing of it runs any more. */
function kill(local: LocalApp, index: number): void {
  const instance = local.host.instances()[index];
  if (instance === undefined) throw new Error(`there is no instance ${index}`);
  process.kill(instance.pid, 'SIGKILL');
}

describe.concurrent('an instance that is killed', () => {
  it.each([
    ['one of two', 2],
    ['the only one', 1],
  ])(
    'while it sends, %s: its batch is taken up again',
    { timeout: 240_000 },
    async (_, instances) => {
      const local = await startLocalApp({
        graph: { fleet: { devices: 250 }, latencyMs: 100 },
        instances,
      });
      try {
        const { graph } = local.environment;
        const id = await local.startRun();
        await until(() =>
          Promise.resolve(graph.statistics().devicesSynced > 60 ? true : undefined),
        );
        kill(local, 0);
        const run = await local.untilRun(id);
        const counted = graph.statistics();

        expect(run.totals).toMatchObject({ totalDevices: 250, error: 0, cancelled: 0, unknown: 0 });
        expect(sumOf(run)).toBe(250);
        expect(counted.devicesSynced).toBe(run.totals.success);
        expect(counted.duplicateSyncs).toBeLessThanOrEqual(CHUNK_SIZE);
      } finally {
        await local.close();
      }
    },
  );

  it('while it plans: the run is planned again', { timeout: 240_000 }, async () => {
    const local = await startLocalApp({
      graph: { fleet: { devices: 1_100 }, latencyMs: 1_500 },
      instances: 1,
      settings: { SYNC_WRITES_PER_SECOND: '20' },
    });
    try {
      const { graph } = local.environment;
      await local.fire('scheduledSync');
      await until(() => Promise.resolve(graph.statistics().requests > 0 ? true : undefined));
      kill(local, 0);
      graph.setFaults({ latencyMs: 0 });
      const id = await local.untilScheduledRun();
      const run = await local.untilRun(id, ({ status }) => status === 'running');

      expect(run.totals.totalDevices).toBe(1_100);
      expect(graph.statistics().duplicateSyncs).toBe(0);
    } finally {
      await local.close();
    }
  });
});

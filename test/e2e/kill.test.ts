import { afterEach, describe, expect, it } from 'vitest';
import { type LocalApp, type RunDocument, startLocalApp, until } from '../support/local-app.ts';

/** A chunk: what was in flight when a worker died may be sent twice. */
const CHUNK_SIZE = 20;

let app: LocalApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const isOver = ({ status }: RunDocument) => !['planning', 'running'].includes(status);

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

/** The watchdog's timer fires every quarter of an hour, for which no test waits. */
const WATCH_EVERY_MS = 10_000;

/** Longer than it takes the watchdog to miss the monitor of a run, on a machine that is busy besides. */
const PATIENCE = { timeout: 400_000 };

/**
 * The run, once it is as wanted, of an app of which an instance was killed. Until the host has another
 * one, it answers 503 without a body. An instance that died between taking the monitor's message and
 * sending the next one took it along for ten minutes: that is the watchdog's to mend.
 */
function untilRun(
  local: LocalApp,
  id: string,
  isWanted: (run: RunDocument) => boolean,
): Promise<RunDocument> {
  let watchAt = Date.now() + WATCH_EVERY_MS;
  return until(async () => {
    const response = await local.fetch(`/api/runs/${id}`);
    if (response.status === 503) return undefined;
    const run = (await response.json()) as RunDocument;
    if (isWanted(run)) return run;
    if (Date.now() >= watchAt) {
      watchAt += WATCH_EVERY_MS;
      await local.fire('watchdog');
    }
    return undefined;
  });
}

describe.concurrent('an instance that is killed', () => {
  it.each([
    ['one of two', 2],
    ['the only one', 1],
  ])('while it sends, %s: its batch is taken up again', PATIENCE, async (_, instances) => {
    const local = await startLocalApp({
      graph: { fleet: { devices: 250 }, latencyMs: 100 },
      instances,
    });
    try {
      const { graph } = local.environment;
      const id = await local.startRun();
      await until(() => Promise.resolve(graph.statistics().devicesSynced > 60 ? true : undefined));
      kill(local, 0);
      const run = await untilRun(local, id, isOver);
      const counted = graph.statistics();

      expect(run.totals).toMatchObject({ totalDevices: 250, error: 0, cancelled: 0, unknown: 0 });
      expect(sumOf(run)).toBe(250);
      expect(counted.devicesSynced).toBe(run.totals.success);
      expect(counted.duplicateSyncs).toBeLessThanOrEqual(CHUNK_SIZE);
    } finally {
      await local.close();
    }
  });

  it('while it plans: the run is planned again', PATIENCE, async () => {
    const local = await startLocalApp({
      graph: { fleet: { devices: 1_100 }, latencyMs: 1_500 },
      instances: 1,
      settings: { SYNC_WRITES_PER_SECOND: '20' },
    });
    try {
      const { graph } = local.environment;
      await local.fire('scheduledSync');
      const id = await local.untilScheduledRun();
      await until(() => Promise.resolve(graph.statistics().requests > 0 ? true : undefined));
      expect(local.log.join('\n')).not.toContain('batches planned');
      kill(local, 0);
      graph.setFaults({ latencyMs: 0 });
      const run = await untilRun(local, id, ({ status }) => status === 'running');

      expect(run.totals.totalDevices).toBe(1_100);
      expect(graph.statistics().duplicateSyncs).toBe(0);
    } finally {
      await local.close();
    }
  });
});

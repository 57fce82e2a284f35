import { describe, expect, it } from 'vitest';
import { processedOf } from '../../src/core/totals.ts';
import { skippedOf } from '../../src/core/run.ts';
import { CHUNK_SIZE } from '../../src/core/batch-step.ts';
import { aFleet, deviceId } from '../support/fleet.ts';
import { Simulation, type SimulationOptions } from '../support/simulation.ts';

/**
 * Kills the app's process before and after every single write of a run, one run for each, and lets
 * the app be restarted: messages of the dead process stay hidden for ten minutes, as on the platform.
 */
const fleet = [...aFleet(120), ...aFleet(3, { operatingSystem: 'Linux' }).map(renumbered)];
const refused = deviceId(7);
const flaky = deviceId(30);
const script: SimulationOptions['script'] = (id, attempt) => {
  if (id === refused) return { status: 404, code: 'ResourceNotFound' };
  if (id === flaky && attempt === 1) return { status: 429, retryAfterMs: 2_000 };
  return { status: 204 };
};

const starts = [
  { isScheduled: true, name: 'a scheduled run' },
  { isScheduled: false, name: 'a run over HTTP' },
];

for (const { isScheduled, name } of starts) {
  const undisturbed = new Simulation({ fleet, script, isScheduled });
  await undisturbed.start();
  await undisturbed.settle();
  const steps = undisturbed.calls.map((step, call) => ({ step, call }));

  describe(`${name}, killed at each of its ${steps.length} writes`, () => {
    it('does without a crash what it should', () => {
      expect(undisturbed.run).toMatchObject({
        status: 'completedWithErrors',
        totalDevices: 123,
        skippedByReason: { unsupportedPlatform: 3 },
        totals: { success: 119, error: 1, cancelled: 0, unknown: 0, throttled: 1 },
      });
      expect(undisturbed.graph.writes).toBe(121);
    });

    for (const when of ['before', 'after'] as const) {
      it.each(steps)(
        `loses no device when killed ${when} $step (write $call)`,
        async ({ call }) => {
          const app = new Simulation({ fleet, script, isScheduled, crash: { call, when } });
          await Promise.race([app.start(), app.settle(1)]);
          await app.settle();

          if (app.runs.rows.size === 0) {
            // Killed before the run's row was written: the caller had no answer and nothing happened.
            expect(app.graph.writes).toBe(0);
            return;
          }
          const { run } = app;
          expect(run).toMatchObject({
            status: 'completedWithErrors',
            totalDevices: 123,
            totals: { success: 119, error: 1, cancelled: 0, unknown: 0, batches: 3 },
          });
          expect(processedOf(run.totals) + skippedOf(run)).toBe(run.totalDevices);
          expect(app.ledger.outcomes.size).toBe(123);
          expect(
            app.emitted.filter(({ event }) => event === 'RunCompleted').length,
          ).toBeGreaterThan(0);
          const sentTwice = fleet.filter(({ id }) => app.graph.sendsTo(id) > 1 && id !== flaky);
          expect(sentTwice.length).toBeLessThanOrEqual(CHUNK_SIZE);
        },
      );
    }
  });
}

function renumbered(device: ReturnType<typeof aFleet>[number], n: number) {
  return { ...device, id: deviceId(900 + n) };
}

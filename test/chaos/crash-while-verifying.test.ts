import { describe, expect, it } from 'vitest';
import { aFleet, deviceId } from '../support/fleet.ts';
import { Simulation, type SimulationOptions } from '../support/simulation.ts';

/**
 * Kills the app's process before and after every single write of a run that is verified twice and
 * renudges, one run for each, and lets the app be restarted.
 */
const minute = 60_000;
const fleet = aFleet(120);
const silent = deviceId(7);
const late = deviceId(30);
const options: SimulationOptions = { fleet, verifyAfterMs: [15 * minute, 600 * minute] };

function anApp(crash?: SimulationOptions['crash']): Simulation {
  const app = new Simulation({ ...options, ...(crash === undefined ? {} : { crash }) });
  app.graph.answersAfter = (id) => {
    if (id === silent) return undefined;
    return id === late ? 240 * minute : 2 * minute;
  };
  return app;
}

/** The run that was asked for; what was started over its silent devices is another one. */
const firstOf = ({ runs }: Simulation) =>
  [...runs.rows.values()].find(({ trigger }) => trigger === 'http');

const undisturbed = anApp();
await undisturbed.start({ renudge: true });
await undisturbed.settle();
const steps = undisturbed.calls.map((step, call) => ({ step, call }));

describe(`a verified run, killed at each of its ${steps.length} writes`, () => {
  it('does without a crash what it should', () => {
    expect(firstOf(undisturbed)).toMatchObject({
      verification: [
        { found: { checkedIn: 118, silent: 2, gone: 0 }, failures: 0 },
        { found: { checkedIn: 119, silent: 1, gone: 0 }, failures: 0 },
      ],
    });
    expect(undisturbed.runs.rows.size).toBe(2);
    expect(undisturbed.graph.writes).toBe(122);
    expect(undisturbed.calls).toContain('ledger.saveVerdicts');
  });

  for (const when of ['before', 'after'] as const) {
    it.each(steps)(
      `verifies every device when killed ${when} $step (write $call)`,
      async (point) => {
        const app = anApp({ call: point.call, when });
        await Promise.race([app.start({ renudge: true }), app.settle(1)]);
        await app.settle();

        const run = firstOf(app);
        if (run === undefined) {
          expect(app.graph.writes).toBe(0);
          return;
        }
        expect(run).toMatchObject({
          totals: { success: 120 },
          verification: [
            { found: { checkedIn: 118, silent: 2 } },
            { found: { checkedIn: 119, silent: 1 } },
          ],
        });
        const outcomes = fleet.map(({ id }) => app.ledger.outcomes.get(`${run.id}/${id}`)?.outcome);
        expect(outcomes.filter((outcome) => outcome === 'checkedIn')).toHaveLength(119);
        expect(app.ledger.outcomes.get(`${run.id}/${silent}`)?.outcome).toBe('silent');

        const children = [...app.runs.rows.keys()].filter((id) => id !== run.id);
        expect(run.retriedBy).toEqual(children);
        expect(children).toHaveLength(1);
        const verified = app.emitted.filter(({ metrics }) => metrics.SilentCount !== undefined);
        expect(verified.length).toBeGreaterThanOrEqual(4);
      },
    );
  }
});

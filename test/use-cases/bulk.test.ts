import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processedOf } from '../../src/core/totals.ts';
import { aFleet, deviceId } from '../support/fleet.ts';
import { type BulkScript } from '../support/simulated-graph.ts';
import { Simulation, type SimulationOptions } from '../support/simulation.ts';

const accepted = { status: 204 };
const answers = (reply: (id: string) => { status: number } | undefined): BulkScript => {
  return (ids) => ({ kind: 'results', answers: ids.map(reply) });
};

async function bulkRun(options: SimulationOptions, bulkScript?: BulkScript): Promise<Simulation> {
  const app = new Simulation(options);
  if (bulkScript !== undefined) app.graph.bulkScript = bulkScript;
  await app.start({ mode: 'bulk' });
  await app.settle();
  return app;
}

/** How many devices were sent to in which way. */
function waysOf(app: Simulation): Record<string, number> {
  const ways: Record<string, number> = {};
  for (const { batch } of app.ledger.batches.values()) {
    for (const { result } of batch.progress) {
      const way = result?.sentBy ?? 'none';
      ways[way] = (ways[way] ?? 0) + 1;
    }
  }
  return ways;
}

describe('a bulk run', () => {
  it('reaches a fleet in calls of 98 devices, far faster than one by one', async () => {
    const app = await bulkRun({ fleet: aFleet(2_000) });

    expect(app.run).toMatchObject({
      status: 'completed',
      mode: 'bulk',
      batchCount: 21,
      totals: { success: 2_000, error: 0 },
    });
    expect(app.graph.bulkCalls.flatMap(({ deviceIds }) => deviceIds)).toHaveLength(2_000);
    expect(app.graph.writes).toBe(0);
    expect((app.run.completedAt ?? 0) - app.run.createdAt).toBeLessThan(20_000);
  });

  it('sends to Android one by one, since bulk does not take it', async () => {
    const phones = aFleet(30, { operatingSystem: 'Android' });
    const computers = aFleet(100).slice(30);
    const app = await bulkRun({ fleet: [...phones, ...computers] });

    expect(waysOf(app)).toEqual({ bulk: 70, perDevice: 30 });
    expect(app.graph.sends.flatMap(({ deviceIds }) => deviceIds).sort()).toEqual(
      phones.map(({ id }) => id),
    );
  });

  it('sends one by one to what failed or is in no list, and counts it once', async () => {
    const app = await bulkRun(
      { fleet: aFleet(60) },
      answers((id) => (id < deviceId(10) ? undefined : accepted)),
    );

    expect(app.run).toMatchObject({ mode: 'bulk', totals: { success: 60, error: 0 } });
    expect(waysOf(app)).toEqual({ bulk: 50, perDevice: 10 });
    expect(app.graph.writes).toBe(10);
  });

  it('takes not found and not supported for what they are', async () => {
    const app = await bulkRun(
      { fleet: aFleet(60) },
      answers((id) =>
        id === deviceId(1) ? { status: 404 } : id === deviceId(2) ? { status: 400 } : accepted,
      ),
    );

    expect(app.run.totals).toMatchObject({
      success: 58,
      error: 2,
      errorsByCode: { http404: 1, http400: 1 },
    });
    expect(app.graph.writes).toBe(0);
  });

  it.each([400, 403, 404, 405])(
    'goes on one by one when Graph refuses bulk calls with %i, and tries no more of them',
    async (status) => {
      const app = await bulkRun({ fleet: aFleet(500) }, () => ({
        kind: 'failed',
        answer: { status },
      }));

      expect(app.run).toMatchObject({
        status: 'completed',
        mode: 'bulk',
        isBulkRefused: true,
        totals: { success: 500, error: 0 },
      });
      expect(app.graph.bulkCalls.length).toBeLessThanOrEqual(6);
      expect(waysOf(app)).toEqual({ perDevice: 500 });
    },
  );

  it('waits when bulk calls are throttled, and goes on in bulk', async () => {
    const app = await bulkRun({ fleet: aFleet(98) }, (ids, call) =>
      call <= 3
        ? { kind: 'failed', answer: { status: 429, retryAfterMs: 30_000 } }
        : { kind: 'results', answers: ids.map(() => accepted) },
    );

    expect(app.run.totals).toMatchObject({ success: 98, throttled: 3 });
    const times = app.graph.bulkCalls.map(({ at }) => at);
    expect((times[3] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(90_000);
  });

  it('ends at a permission that is missing, as the single call says so', async () => {
    const app = await bulkRun({ fleet: aFleet(200), script: () => ({ status: 403 }) }, () => ({
      kind: 'failed',
      answer: { status: 403 },
    }));

    expect(app.run).toMatchObject({ status: 'failed', problem: { code: 'missingPermission' } });
  });

  it('adds up whatever Graph replies', async () => {
    const anyAnswer = fc.option(
      fc.record({ status: fc.constantFrom(200, 204, 400, 404, 500, 503) }),
      { nil: undefined },
    );
    const anyReply = fc.oneof(
      { weight: 4, arbitrary: fc.array(anyAnswer, { minLength: 98, maxLength: 98 }) },
      { weight: 1, arbitrary: fc.constantFrom(0, 400, 401, 404, 429, 500, 503) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyReply, { minLength: 1, maxLength: 8 }), async (replies) => {
        // Throttled for ever, a run ends at its deadline.
        fc.pre(replies.some((reply) => reply !== 429));
        const app = await bulkRun({ fleet: aFleet(250) }, (ids, call) => {
          const reply = replies[call % replies.length] ?? 204;
          return typeof reply === 'number'
            ? { kind: 'failed', answer: { status: reply } }
            : { kind: 'results', answers: reply.slice(0, ids.length) };
        });
        expect(processedOf(app.run.totals)).toBe(250);
        expect(app.run.totals.unknown + app.run.totals.cancelled).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

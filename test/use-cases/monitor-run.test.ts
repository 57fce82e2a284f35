import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/core/run.ts';
import { monitorRun } from '../../src/use-cases/monitor-run.ts';
import { aRunId, someTotals, startOfTest as now } from '../support/factories.ts';
import { silentLog } from '../support/simulation.ts';
import { World } from './support/world.ts';

/** Delivers a monitor's message of the run. */
async function look(world: World, messageId = 'message'): Promise<void> {
  const { runs, ledger, queue, budget, commands, clock } = world;
  const telemetry = { emit: () => Promise.resolve() };
  const ports = { runs, ledger, queue, budget, commands, clock, telemetry };
  const followUp = () => Promise.resolve();
  await monitorRun(ports, { verifyAfterMs: [], followUp })(aRunId, messageId, silentLog);
}

describe('a monitor message that is one too many', () => {
  /** A run whose check-ins another message is to look at in an hour. */
  const asleep: Partial<Run> = {
    status: 'completed',
    reportedAt: now - 120_000,
    verification: [{ dueAt: now + 3_600_000, failures: 0, reportAttempts: 0 }],
    monitorMessageId: 'theirs',
    monitoredAt: now - 60_000,
    monitorDueAt: now + 3_600_000,
  };

  it('ends while the one that continues the run sleeps until its moment', async () => {
    const world = await World.of(asleep);
    const before = await world.run();
    await look(world, 'stray');

    expect(world.queue.messages).toEqual([]);
    expect(await world.run()).toEqual(before);
  });

  it('does the work when that one is late', async () => {
    const world = await World.of(asleep);
    world.pass(3_600_000);
    await look(world, 'stray');

    expect(world.queue.messages).toHaveLength(1);
    expect(await world.run()).toMatchObject({ monitoredAt: now + 3_600_000 });
  });
});

describe('a look at a run', () => {
  it('leaves alone what became of it meanwhile', async () => {
    const world = await World.of({}, {});
    const totals = someTotals({ cancelled: 3 });
    const end = { status: 'cancelled', completedAt: now, totals } as const;
    const listBatches = world.ledger.listBatches.bind(world.ledger);
    world.ledger.listBatches = async function* (...of) {
      await world.runs.update(aRunId, (run) => ({ ...run, ...end }));
      yield* listBatches(...of);
    };
    await look(world);

    expect(await world.run()).toMatchObject({ ...end, monitoredAt: now });
  });

  it('says that an urgent run is open, so that other work steps aside', async () => {
    const world = await World.of({ priority: 'urgent' }, {});
    await look(world);

    expect(world.budget.state.urgentUntil).toBe(now + 25_000);
  });

  it.each<[string, Partial<Run>]>([
    ['a normal run', {}],
    ['an urgent run that is over', { priority: 'urgent', status: 'completed' }],
  ])('does not say so of %s', async (_, run) => {
    const world = await World.of(run, {});
    await look(world);

    expect(world.budget.state.urgentUntil).toBe(0);
  });
});

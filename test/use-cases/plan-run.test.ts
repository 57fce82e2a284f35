import { describe, expect, it } from 'vitest';
import { commandCatalog } from '../../src/core/actions/command-catalog.ts';
import { actions } from '../../src/core/actions/index.ts';
import { listingFailed, missingPermission } from '../../src/core/problems.ts';
import { GROUP_ROLES, featureRoles } from '../../src/core/roles.ts';
import type { Run } from '../../src/core/run.ts';
import { type DeviceDirectory, ListingError } from '../../src/use-cases/ports.ts';
import { planRun } from '../../src/use-cases/plan-run.ts';
import { aBatch, aRunId, startOfTest as now } from '../support/factories.ts';
import { aFleet } from '../support/fleet.ts';
import { Simulation, silentLog } from '../support/simulation.ts';
import { World } from './support/world.ts';

/** A directory that gives one page and then fails, as often as there are errors. */
function failingDirectory(errors: Error[]): DeviceDirectory {
  const { graph } = new Simulation({ fleet: aFleet(10) });
  return {
    listTargets: (list) => graph.listTargets(list),
    getDevices: (ids) => graph.getDevices(ids),
    countEnrolled: () => graph.countEnrolled(),
    listCheckIns: () => graph.listCheckIns(),
    listGroupMembers: (id) => graph.listGroupMembers(id),
    async *listDevices() {
      yield await Promise.resolve(aFleet(10));
      const error = errors.shift();
      if (error !== undefined) throw error;
    },
  };
}

async function runWith(errors: Error[]): Promise<Simulation> {
  const directory = failingDirectory(errors);
  const app = new Simulation({ fleet: [], override: () => ({ directory }) });
  await app.start();
  await app.settle();
  return app;
}

describe('a list that ends early', () => {
  it('fails the run, says why, and syncs nobody', async () => {
    const app = await runWith([new ListingError(listingFailed('Page 2 failed.'))]);

    expect(app.run).toMatchObject({ status: 'failed', totalDevices: 0 });
    expect(app.run.problem).toEqual(listingFailed('Page 2 failed.'));
    expect(app.graph.writes).toBe(0);
    expect(app.emitted).toHaveLength(1);
  });

  it('fails the run with the permission that is missing', async () => {
    const app = await runWith([new ListingError(missingPermission(['Some.Role']))]);

    expect(app.run.problem?.detail).toContain('Some.Role');
  });

  it('is begun again after a wait that is too long to sit out', async () => {
    const problem = listingFailed('Throttled.');
    const app = await runWith([new ListingError(problem, { retryAfterMs: 1_800_000 })]);

    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 10 } });
    expect((app.run.plannedAt ?? 0) - app.run.createdAt).toBeGreaterThanOrEqual(1_800_000);
  });

  it('is begun again when planning failed for another reason', async () => {
    const app = await runWith([new Error('storage'), new Error('storage')]);

    expect(app.run).toMatchObject({ status: 'completed', totals: { success: 10 } });
  });

  it('ends the run when planning fails for another reason every time', async () => {
    const app = await runWith(Array.from({ length: 50 }, () => new Error('storage')));

    expect(app.run).toMatchObject({ status: 'failed', problem: { code: 'planningFailed' } });
    expect(app.graph.writes).toBe(0);
  });
});

describe('a plan', () => {
  it('for a run that does not exist is refused', async () => {
    const app = new Simulation({ fleet: [] });
    const { runs, ledger, queue, graph, clock } = app;
    const pace = { batchSize: 50, batchDelayMs: 0, writesPerSecond: 8 };
    const permissions = { granted: () => Promise.resolve([]) };
    const commands = commandCatalog(actions);
    const of = { directory: graph, appInstalls: graph, permissions, commands };
    const plan = planRun({ runs, ledger, queue, clock, ...of }, pace);

    await expect(plan('9999999999999-00000000', 'm', silentLog)).rejects.toThrow('no run');
  });

  it('puts each batch on the queue at the pace of the write budget', async () => {
    const app = new Simulation({ fleet: aFleet(150), isScheduled: true });
    await app.start();
    const now = app.clock.now();
    const batches = app.queue.messages.filter(({ queue }) => queue === 'batches');

    expect(batches.map(({ visibleAt }) => visibleAt - now)).toEqual([0, 1_375, 7_750]);
  });
});

describe('a planner', () => {
  const planning: Partial<Run> = { status: 'planning', batchCount: 0, requestedBy: 'test' };
  const allRoles: readonly string[] = Object.values(featureRoles).flat();

  /** A run that is to be planned over 60 devices, and what delivers a message to plan it. */
  async function aPlanner(run: Partial<Run> = {}, granted = allRoles) {
    const world = new World({ fleet: aFleet(60) });
    await world.add({ ...planning, ...run });
    const { graph } = world;
    const permissions = { granted: () => Promise.resolve(granted) };
    const pace = { batchSize: 50, batchDelayMs: 0, writesPerSecond: 8 };
    const { runs, ledger, queue, commands, clock } = world;
    const lists = { directory: graph, appInstalls: graph, permissions };
    const ports = { runs, ledger, queue, commands, clock, ...lists };
    return { world, plan: () => planRun(ports, pace)(aRunId, 'mine', silentLog) };
  }

  it('that goes on where another one died leaves nothing of that one’s plan', async () => {
    const { world, plan } = await aPlanner({ startedAt: now - 100_000, plannedBy: 'mine' });
    const larger = [0, 1, 2].map((number) => aBatch({ number }));
    await world.ledger.addBatches(larger);
    await plan();

    expect([...world.ledger.batches.keys()]).toEqual([`${aRunId}/0`, `${aRunId}/1`]);
    expect(await world.run()).toMatchObject({ batchCount: 2, startedAt: now - 100_000 });
  });

  it('that lost its claim while it wrote its plan leaves the run to the other one', async () => {
    const { world, plan } = await aPlanner();
    const addSkipped = world.ledger.addSkipped.bind(world.ledger);
    world.ledger.addSkipped = async (...skipped) => {
      await world.runs.update(aRunId, (run) => ({ ...run, plannedBy: 'theirs' }));
      await addSkipped(...skipped);
    };
    await plan();

    expect(await world.run()).toMatchObject({ status: 'planning', plannedBy: 'theirs' });
    expect(world.queue.messages).toEqual([]);
  });

  it('gives a sign of life while it writes a long plan', async () => {
    const { world, plan } = await aPlanner();
    const addBatches = world.ledger.addBatches.bind(world.ledger);
    world.ledger.addBatches = async (batches) => {
      await addBatches(batches);
      world.pass(60_000);
    };
    await plan();

    expect((await world.run()).planAliveAt).toBe(now + 60_000);
  });

  it('sends no message of a run that was told to stop after it was planned', async () => {
    const stop = { status: 'cancelled', at: now } as const;
    const planned = { status: 'running', plannedAt: now, batchCount: 1, stop } as const;
    const { world, plan } = await aPlanner(planned);
    await world.ledger.addBatches([aBatch()]);
    await plan();

    expect(world.queue.messages).toEqual([]);
  });

  it('needs no permission to read groups to send to the devices of another run', async () => {
    const groups = { scope: { groupIds: ['11111111-2222-4333-8444-555555555555'] } };
    const source = { kind: 'retry', runId: 'ended', outcomes: ['failed'] } as const;
    const roles = allRoles.filter((role) => !GROUP_ROLES.some((one) => one === role));
    const retry = await aPlanner({ ...groups, source }, roles);
    await retry.plan();
    const scoped = await aPlanner(groups, roles);
    await scoped.plan();

    expect(await retry.world.run()).toMatchObject({ status: 'running' });
    expect((await scoped.world.run()).problem?.code).toBe('missingPermission');
  });
});

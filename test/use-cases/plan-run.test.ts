import { describe, expect, it } from 'vitest';
import { commandCatalog } from '../../src/core/actions/command-catalog.ts';
import { actions } from '../../src/core/actions/index.ts';
import { listingFailed, missingPermission } from '../../src/core/problems.ts';
import { type DeviceDirectory, ListingError } from '../../src/use-cases/ports.ts';
import { planRun } from '../../src/use-cases/plan-run.ts';
import { aFleet } from '../support/fleet.ts';
import { Simulation, silentLog } from '../support/simulation.ts';

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

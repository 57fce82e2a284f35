import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/core/run.ts';
import { superviseRun } from '../../src/use-cases/supervise-run.ts';
import { startOfTest as now } from '../support/factories.ts';
import { silentLog } from '../support/simulation.ts';
import { World } from './support/world.ts';

async function supervised(run: Partial<Run>): Promise<{ run: Run; plans: number }> {
  const world = await World.of(run);
  const returned = await superviseRun(world, await world.run(), silentLog);
  expect(returned).toEqual(await world.run());
  return { run: returned, plans: world.queue.messages.length };
}

describe('a run whose planner gives no sign of life', () => {
  const planning = { status: 'planning', plannedBy: 'dead' } as const;

  it('for 90 s is planned again, by whoever comes, and that one has 90 s as well', async () => {
    const { run, plans } = await supervised({ ...planning, planAliveAt: now - 90_000 });

    expect({ plans, plannedBy: run.plannedBy, planAliveAt: run.planAliveAt }).toEqual({
      plans: 1,
      plannedBy: undefined,
      planAliveAt: now,
    });
  });

  it('for less is left to it', async () => {
    const { run, plans } = await supervised({ ...planning, planAliveAt: now - 89_999 });

    expect({ plans, plannedBy: run.plannedBy }).toEqual({ plans: 0, plannedBy: 'dead' });
  });
});

describe('a run at its deadline', () => {
  it('is still open', async () => {
    const { run } = await supervised({ deadlineAt: now });
    expect(run.stop).toBeUndefined();
  });

  it('is stopped after it, with the problem', async () => {
    const { run } = await supervised({ deadlineAt: now - 1 });
    expect(run).toMatchObject({
      stop: { status: 'timedOut', at: now },
      problem: { code: 'deadlineExceeded' },
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/core/run.ts';
import { openBatches } from '../../src/use-cases/open-batches.ts';
import { startOfTest as now } from '../support/factories.ts';
import { World } from './support/world.ts';

async function numbers(run: Partial<Run>, ...scheduledAt: number[]): Promise<number[]> {
  const world = await World.of(run, ...scheduledAt.map((at) => ({ scheduledAt: at })));
  return (await openBatches(world, await world.run(), now)).map(({ number }) => number);
}

describe('the open batches of a run', () => {
  it('begin behind those that are folded', async () => {
    expect(await numbers({ foldedThrough: 1 }, now, now, now)).toEqual([1, 2]);
  });

  it('end with the last that somebody may have touched: a worker comes up to 90 s early', async () => {
    expect(await numbers({}, now, now + 90_000, now + 90_001)).toEqual([0, 1]);
  });

  it('are all of them when the run is being stopped', async () => {
    const stop = { status: 'cancelled', at: now } as const;
    expect(await numbers({ stop }, now, now + 3_600_000)).toEqual([0, 1]);
  });

  it('have none that the plan of the run has not: an earlier planner may have written it', async () => {
    expect(await numbers({ batchCount: 2 }, now, now, now)).toEqual([0, 1]);
  });
});

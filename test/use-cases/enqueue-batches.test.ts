import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/core/run.ts';
import { enqueueBatches } from '../../src/use-cases/enqueue-batches.ts';
import { aRunId, startOfTest as now } from '../support/factories.ts';
import { World } from './support/world.ts';

/** Messages for batches that are due at these moments, counted from now: when each is visible. */
async function delays(run: Partial<Run>, ...dueIn: number[]) {
  const world = await World.of(run, ...dueIn.map((ms) => ({ dueAt: now + ms })));
  await enqueueBatches(world, await world.run());
  const sent = world.queue.messages.map(({ entry, visibleAt }) => [entry.batch, visibleAt - now]);
  return { sent, through: (await world.run()).enqueuedThrough };
}

describe('the messages of a run', () => {
  it('become visible when their batches are due', async () => {
    expect(await delays({}, 0, 1_375)).toEqual({
      sent: [
        [0, 0],
        [1, 1_375],
      ],
      through: 2,
    });
  });

  it('keep their distance when planning took longer than the first was due', async () => {
    const { sent } = await delays({}, -5_000, 1_375, 7_750);
    expect(sent).toEqual([
      [0, 0],
      [1, 6_375],
      [2, 12_750],
    ]);
  });

  it('are only those that are missing', async () => {
    expect(await delays({ enqueuedThrough: 1 }, 0, 1_375)).toEqual({
      sent: [[1, 1_375]],
      through: 2,
    });
  });

  it('are none, and nothing is read, when none is missing', async () => {
    const world = await World.of({ enqueuedThrough: 1 }, {});
    world.ledger.listBatches = () => {
      throw new Error('The ledger was read.');
    };
    await enqueueBatches(world, await world.run());
    expect(world.queue.messages).toEqual([]);
  });

  it('never take back what another delivery has come to meanwhile', async () => {
    const world = await World.of({}, {}, {});
    const run = await world.run();
    await world.runs.update(aRunId, (current) => ({ ...current, enqueuedThrough: 5 }));
    await enqueueBatches(world, run);
    expect((await world.run()).enqueuedThrough).toBe(5);
  });
});

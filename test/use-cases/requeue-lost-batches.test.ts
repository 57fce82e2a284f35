import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src/core/batch.ts';
import { openBatches } from '../../src/use-cases/open-batches.ts';
import { requeueLostBatches } from '../../src/use-cases/requeue-lost-batches.ts';
import { startOfTest as now } from '../support/factories.ts';
import { silentLog } from '../support/simulation.ts';
import { World } from './support/world.ts';

/** A batch whose worker is dead. */
const lost: Partial<Batch> = { claimedBy: 'dead', aliveAt: now - 90_001 };

/** Looks for lost batches; between the look and what it does about them something may happen. */
async function requeued(world: World, meanwhile?: () => Promise<unknown>): Promise<number[]> {
  const run = await world.run();
  const open = await openBatches(world, run, now);
  await meanwhile?.();
  await requeueLostBatches(world, run, open, silentLog);
  return world.queue.messages.map(({ entry }) => entry.batch ?? -1);
}

describe('a batch that gave no sign of life', () => {
  it('gets a new message, free for whoever takes it, and is counted', async () => {
    const world = await World.of({}, {}, lost, {});

    expect(await requeued(world)).toEqual([1]);
    const { batch } = await world.batch(1);
    expect(batch).toMatchObject({ status: 'pending', dueAt: now, requeues: 1 });
    expect(batch.claimedBy).toBeUndefined();
    expect((await world.batch(0)).batch.requeues).toBe(0);
  });

  it('is left to a worker that has taken it by now', async () => {
    const world = await World.of({}, lost);
    const messages = await requeued(world, async () => {
      const { batch, etag } = await world.batch();
      await world.ledger.saveBatch({ batch: { ...batch, aliveAt: now }, etag });
    });

    expect(messages).toEqual([]);
    expect((await world.batch()).batch).toMatchObject({ claimedBy: 'dead', requeues: 0 });
  });

  it('is left to a worker that writes it in this very moment, and the others are not', async () => {
    const world = await World.of({}, lost, lost);
    const messages = await requeued(world, () => {
      world.writeAfterRead(0, { aliveAt: now });
      return Promise.resolve();
    });

    expect(messages).toEqual([1]);
  });
});

import { describe, expect, it } from 'vitest';
import { type Batch, pendingBatch } from '../../src/core/batch.ts';
import { STALLED_AFTER_MS } from '../../src/core/claim.ts';
import { openBatches } from '../../src/use-cases/open-batches.ts';
import { requeueLostBatches } from '../../src/use-cases/requeue-lost-batches.ts';
import { aBatchSummary, aRun, aRunId, startOfTest as now } from '../support/factories.ts';
import { InMemoryRunLedger } from '../support/in-memory-run-ledger.ts';
import { InMemoryRunQueue } from '../support/in-memory-run-queue.ts';
import { silentLog } from '../support/simulation.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { World } from './support/world.ts';

type Change = Partial<Pick<Batch, 'claimedBy' | 'aliveAt' | 'requeues'>>;

/** A batch that was due so long ago, ms. */
function aBatchDue(number: number, agoMs: number, change: Change = {}): Batch {
  return { ...pendingBatch(aRunId, number, [], now - agoMs), ...change };
}

/** The numbers of the batches that are put on the queue again, of those that are open. */
async function requeuedOf(...batches: Batch[]): Promise<(number | undefined)[]> {
  const clock = new VirtualClock(now);
  const [ledger, queue] = [new InMemoryRunLedger(), new InMemoryRunQueue(clock)];
  await ledger.addBatches(batches);
  const open = batches.map((batch) => aBatchSummary(batch));
  await requeueLostBatches({ ledger, queue, clock }, aRun(), open, silentLog);
  return queue.messages.map(({ entry }) => entry.batch);
}

const overdueMs = STALLED_AFTER_MS + 1;

describe('a batch that nobody has taken', () => {
  it('is put on the queue again when it is overdue and nothing else is', async () => {
    expect(await requeuedOf(aBatchDue(0, overdueMs), aBatchDue(1, 1_000))).toEqual([0]);
  });

  it('just waits when the workers are as far behind with the batches before it', async () => {
    const taken = { claimedBy: 'worker', aliveAt: now };
    expect(await requeuedOf(aBatchDue(0, 200_000, taken), aBatchDue(1, 199_900))).toEqual([]);
  });

  it('is put on the queue again when it waits for longer than the workers are behind', async () => {
    const taken = { claimedBy: 'worker', aliveAt: now };
    const lost = aBatchDue(0, 200_000 + overdueMs);
    expect(await requeuedOf(lost, aBatchDue(1, 200_000, taken))).toEqual([0]);
  });
});

describe('a batch whose worker gave no sign of life', () => {
  it('is put on the queue again however long the queue is', async () => {
    const dead = { claimedBy: 'dead', aliveAt: now - overdueMs };
    const alive = { claimedBy: 'worker', aliveAt: now };
    expect(await requeuedOf(aBatchDue(0, 900_000, alive), aBatchDue(1, 899_000, dead))).toEqual([
      1,
    ]);
  });
});

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

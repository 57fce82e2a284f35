import { describe, expect, it } from 'vitest';
import { type Batch, pendingBatch } from '../../src/core/batch.ts';
import { STALLED_AFTER_MS } from '../../src/core/claim.ts';
import { requeueLostBatches } from '../../src/use-cases/requeue-lost-batches.ts';
import { aBatchSummary, aRun, aRunId, startOfTest as now } from '../support/factories.ts';
import { InMemoryRunLedger } from '../support/in-memory-run-ledger.ts';
import { InMemoryRunQueue } from '../support/in-memory-run-queue.ts';
import { silentLog } from '../support/simulation.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

type Change = Partial<Pick<Batch, 'claimedBy' | 'aliveAt' | 'requeues'>>;

/** A batch that was due so long ago, ms. */
function aBatchDue(number: number, agoMs: number, change: Change = {}): Batch {
  return { ...pendingBatch(aRunId, number, [], now - agoMs), ...change };
}

/** The numbers of the batches that are put on the queue again, of those that are open. */
async function requeued(...batches: Batch[]): Promise<(number | undefined)[]> {
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
    expect(await requeued(aBatchDue(0, overdueMs), aBatchDue(1, 1_000))).toEqual([0]);
  });

  it('just waits when the workers are as far behind with the batches before it', async () => {
    const taken = { claimedBy: 'worker', aliveAt: now };
    expect(await requeued(aBatchDue(0, 200_000, taken), aBatchDue(1, 199_900))).toEqual([]);
  });

  it('is put on the queue again when it waits for longer than the workers are behind', async () => {
    const taken = { claimedBy: 'worker', aliveAt: now };
    const lost = aBatchDue(0, 200_000 + overdueMs);
    expect(await requeued(lost, aBatchDue(1, 200_000, taken))).toEqual([0]);
  });
});

describe('a batch whose worker gave no sign of life', () => {
  it('is put on the queue again however long the queue is', async () => {
    const dead = { claimedBy: 'dead', aliveAt: now - overdueMs };
    const alive = { claimedBy: 'worker', aliveAt: now };
    expect(await requeued(aBatchDue(0, 900_000, alive), aBatchDue(1, 899_000, dead))).toEqual([1]);
  });
});

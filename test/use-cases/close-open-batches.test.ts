import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src/core/batch.ts';
import { closeOpenBatches } from '../../src/use-cases/close-open-batches.ts';
import { openBatches } from '../../src/use-cases/open-batches.ts';
import { batchDevices, startOfTest as now } from '../support/factories.ts';
import { World } from './support/world.ts';

const stop = { status: 'cancelled', at: now } as const;
const claimed: Partial<Batch> = { claimedBy: 'worker', aliveAt: now - 60_000 };

/** The batches of a run that was told to stop, looked at some time later. */
async function closed(afterMs: number, ...batches: Partial<Batch>[]) {
  const world = await World.of({ stop }, ...batches);
  const run = await world.run();
  const open = await openBatches(world, run, now);
  world.pass(afterMs);
  return { world, isClosed: await closeOpenBatches(world, run, stop, open) };
}

describe('a batch of a run that was told to stop', () => {
  it('that nobody works on is cancelled at once; what has a result keeps it', async () => {
    const accepted = { outcome: 'accepted', acceptedAt: now } as const;
    const progress = [
      { attempts: 1, failures: 0, result: accepted },
      { attempts: 0, failures: 0 },
    ];
    const { world, isClosed } = await closed(0, { devices: batchDevices(2), progress });

    expect(isClosed).toBe(true);
    const { batch } = await world.batch();
    expect(batch.status).toBe('cancelled');
    expect(batch.progress.map(({ result }) => result)).toEqual([
      accepted,
      { outcome: 'cancelled' },
    ]);
  });

  it('is left to its worker for 20 s from the stop, however long that one has been at it', async () => {
    const { world, isClosed } = await closed(19_999, claimed);

    expect(isClosed).toBe(false);
    expect((await world.batch()).batch.status).toBe('pending');
  });

  it('is closed after that, and what its worker may have been sending is unknown', async () => {
    const { world } = await closed(20_000, claimed);

    const { batch } = await world.batch();
    expect(batch.progress[0]?.result).toEqual({ outcome: 'unknown', code: 'interrupted' });
  });

  it('that its worker ends in this very moment is left as it ends, and the others are closed', async () => {
    const world = await World.of({ stop }, {}, {});
    const run = await world.run();
    const open = await openBatches(world, run, now);
    world.writeAfterRead(0, { status: 'done' });
    await closeOpenBatches(world, run, stop, open);

    const statuses = [await world.batch(0), await world.batch(1)].map(({ batch }) => batch.status);
    expect(statuses).toEqual(['done', 'cancelled']);
  });
});

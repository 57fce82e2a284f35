import { describe, expect, it } from 'vitest';
import { laneOf } from '../../src/core/overlap.ts';
import type { Run } from '../../src/core/run.ts';
import { admitRun } from '../../src/use-cases/admit-run.ts';
import { aDeviceId, aRun, startOfTest as now } from '../support/factories.ts';
import { InMemoryOpenRuns } from '../support/in-memory-open-runs.ts';
import { World } from './support/world.ts';

const ofDevice = (number: number, overrides: Partial<Run> = {}): Run =>
  aRun({ id: `run-${number}`, scope: { deviceIds: [aDeviceId(number)] }, ...overrides });

/** A lane to which runs were admitted; those without a row died before they had one. */
async function aLane(...admitted: { run: Run; hasRow: boolean }[]) {
  const { runs, clock } = new World();
  const openRuns = new InMemoryOpenRuns();
  for (const { run, hasRow } of admitted) {
    await admitRun({ runs, openRuns, clock }, run);
    if (hasRow) await runs.create(run);
  }
  const admit = (run: Run) => admitRun({ runs, openRuns, clock }, run);
  const inLane = () => openRuns.lanes.get(laneOf(aRun()))?.map(({ runId }) => runId);
  return { admit, inLane };
}

describe('a run that is admitted', () => {
  it('stays beside those that are open and have other devices', async () => {
    const { admit, inLane } = await aLane({ run: ofDevice(1), hasRow: true });
    expect(await admit(ofDevice(2))).toBeUndefined();
    expect(inLane()).toEqual(['run-1', 'run-2']);
  });

  it('ends the admission of a run that is over, and of one that never got its row', async () => {
    const { admit, inLane } = await aLane(
      { run: ofDevice(1, { status: 'completed', completedAt: now }), hasRow: true },
      { run: ofDevice(2), hasRow: false },
    );
    expect(await admit(ofDevice(3))).toBeUndefined();
    expect(inLane()).toEqual(['run-3']);
  });
});

describe('a run that finds another in its way', () => {
  it('is told which, and nobody loses an admission by it', async () => {
    const { admit, inLane } = await aLane(
      { run: ofDevice(1), hasRow: true },
      { run: ofDevice(2), hasRow: true },
    );
    expect(await admit(ofDevice(1, { id: 'run-3' }))).toMatchObject({ id: 'run-1' });
    expect(inLane()).toEqual(['run-1', 'run-2']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { TableOpenRuns } from '../../../src/adapters/table/table-open-runs.ts';
import type { Admission } from '../../../src/use-cases/ports.ts';
import { startOfTest as at } from '../../support/factories.ts';
import { aTable, countRequests } from '../../support/storage.ts';

const lane = 'syncDevice-normal';
const admission = (runId: string): Admission => ({ runId, at });
const [first, second, third] = ['1', '2', '3'].map(admission) as [Admission, Admission, Admission];

let table = aTable();
let openRuns = new TableOpenRuns(table);
beforeEach(() => {
  table = aTable();
  openRuns = new TableOpenRuns(table);
});

/** Whoever was admitted before is in the way. */
const alone = (admitted: readonly Admission[]) => {
  const [blocker] = admitted;
  return Promise.resolve({ stay: admitted, ...(blocker === undefined ? {} : { blocker }) });
};

/** Nobody is in the way, and everybody stays. */
const together = (admitted: readonly Admission[]) => Promise.resolve({ stay: admitted });

/** Who is admitted to a lane now. */
async function admittedTo(name = lane): Promise<readonly Admission[]> {
  const seen = await openRuns.admit(name, third, (admitted) =>
    Promise.resolve({ stay: admitted, blocker: admitted }),
  );
  return seen ?? [];
}

describe('a lane', () => {
  it.each(['alert-XDR Alert', 'alert-a/b?c#d\\e', 'alert-ä', `alert-${'x'.repeat(260)}`])(
    'may have any name: %s',
    async (name) => {
      await openRuns.admit(name, first, alone);
      expect(await admittedTo(name)).toEqual([first]);
    },
  );

  it('admits the first run, before there is a table', async () => {
    expect(await openRuns.admit(lane, first, alone)).toBeUndefined();
    expect(await admittedTo()).toEqual([first]);
  });

  it('names who is in the way, and changes nothing', async () => {
    await openRuns.admit(lane, first, alone);
    const requests = countRequests(table);
    expect(await openRuns.admit(lane, second, alone)).toEqual(first);
    expect(requests()).toBe(1);
    expect(await admittedTo()).toEqual([first]);
  });

  it('keeps who stays, in order, and forgets who does not', async () => {
    for (const one of [first, second]) await openRuns.admit(lane, one, together);
    expect(await admittedTo()).toEqual([first, second]);
    const withoutFirst = () => Promise.resolve({ stay: [second] });
    await openRuns.admit(lane, third, withoutFirst);
    expect(await admittedTo()).toEqual([second, third]);
  });

  it('has nothing to do with another one', async () => {
    await openRuns.admit(lane, first, alone);
    expect(await openRuns.admit('syncDevice-urgent', second, alone)).toBeUndefined();
    expect(await admittedTo('syncDevice-urgent')).toEqual([second]);
  });

  it('is left as it is when nobody can say who is in the way', async () => {
    await openRuns.admit(lane, first, alone);
    const failing = () => Promise.reject(new Error('storage is down'));
    await expect(openRuns.admit(lane, second, failing)).rejects.toThrow('storage is down');
    expect(await admittedTo()).toEqual([first]);
  });
});

describe('eight instances at once', () => {
  const eight = Array.from({ length: 8 }, (_, number) => admission(`run-${number}`));

  it.each([
    ['that has no row yet', []],
    ['that somebody left', [third]],
  ])('admit exactly one of them to a lane %s', async (_, before) => {
    for (const one of before) await openRuns.admit(lane, one, together);
    const leaves = (admitted: readonly Admission[]) =>
      alone(admitted.filter(({ runId }) => runId !== third.runId));
    const blockers = await Promise.all(
      eight.map((one) => new TableOpenRuns(aTable(table.tableName)).admit(lane, one, leaves)),
    );
    const admitted = eight.filter((_one, place) => blockers[place] === undefined);
    expect(admitted).toHaveLength(1);
    expect(blockers.filter((blocker) => blocker !== undefined)).toEqual(
      Array.from({ length: 7 }, () => admitted[0]),
    );
    expect(await admittedTo()).toEqual(admitted);
  });

  it('are all admitted when none is in the way of another: none is forgotten', async () => {
    await Promise.all(
      eight.map((one) => new TableOpenRuns(aTable(table.tableName)).admit(lane, one, together)),
    );
    const ids = (await admittedTo()).map(({ runId }) => runId);
    expect(ids.toSorted()).toEqual(eight.map(({ runId }) => runId));
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { TableRunStore } from '../../../src/adapters/table/table-run-store.ts';
import { newRunId } from '../../../src/core/run-id.ts';
import type { Run } from '../../../src/core/run.ts';
import { UnknownRunError } from '../../../src/use-cases/ports.ts';
import { aRun, startOfTest } from '../../support/factories.ts';
import { collect } from '../../support/collect.ts';
import { aTable, countRequests } from '../../support/storage.ts';

/** The run that was started on a day of the test. */
function aRunOn(day: number, overrides: Partial<Run> = {}): Run {
  const createdAt = startOfTest + day * 24 * 3_600_000;
  return aRun({ id: newRunId(createdAt, () => 0), createdAt, ...overrides });
}

let table = aTable();
let store = new TableRunStore(table);
beforeEach(() => {
  table = aTable();
  store = new TableRunStore(table);
});

describe('before there is a table', () => {
  it('there are no runs', async () => {
    expect(await store.get(aRun().id)).toBeUndefined();
    expect(await collect(store.listUnfinished())).toEqual([]);
    expect(await store.lastSuccessAt()).toBeUndefined();
  });
});

describe('create', () => {
  it('keeps a run as it is', async () => {
    await store.create(aRun({ reason: 'drill' }));
    expect(await store.get(aRun().id)).toEqual(aRun({ reason: 'drill' }));
  });

  it('refuses an id that exists, and leaves that run alone', async () => {
    await store.create(aRun());
    await expect(store.create(aRun({ reason: 'another' }))).rejects.toThrow();
    expect(await store.get(aRun().id)).toEqual(aRun());
  });
});

describe('update', () => {
  it('stores the change and returns it', async () => {
    await store.create(aRun());
    const changed = await store.update(aRun().id, (run) => ({ ...run, batchCount: 5 }));
    expect(changed).toEqual(aRun({ batchCount: 5 }));
    expect(await store.get(aRun().id)).toEqual(changed);
  });

  it('takes away what the change leaves out', async () => {
    await store.create(aRun({ plannedBy: 'message-1' }));
    await store.update(aRun().id, ({ plannedBy: _plannedBy, ...run }) => run);
    expect(await store.get(aRun().id)).toEqual(aRun());
  });

  it.each([6, 24, 48])('loses no change of %i writers at once', async (count) => {
    await store.create(aRun());
    const more = (run: Run) => ({ ...run, reportAttempts: run.reportAttempts + 1 });
    const writers = Array.from({ length: count }, () => store.update(aRun().id, more));
    await Promise.all(writers);
    expect(await store.get(aRun().id)).toEqual(aRun({ reportAttempts: count }));
  });

  it('shows the change the newest row again when another writer was faster', async () => {
    await store.create(aRun());
    const other = new TableRunStore(table);
    const seen: number[] = [];
    const slow = store.update(aRun().id, (run) => {
      seen.push(run.batchCount);
      return { ...run, totalDevices: run.batchCount };
    });
    await Promise.all([slow, other.update(aRun().id, (run) => ({ ...run, batchCount: 7 }))]);
    const { batchCount, totalDevices } = (await store.get(aRun().id)) ?? aRun();
    expect(batchCount).toBe(7);
    expect(totalDevices).toBe(seen.at(-1));
  });

  it('writes nothing when there is nothing to change, and returns what is stored', async () => {
    await store.create(aRun());
    const requests = countRequests(table);
    expect(await store.update(aRun().id, () => undefined)).toEqual(aRun());
    expect(await store.update(aRun().id, (run) => run)).toEqual(aRun());
    expect(requests()).toBe(2);
  });

  it('of a run that does not exist fails', async () => {
    await store.create(aRunOn(0));
    const updated = store.update(aRunOn(1).id, (run) => run);
    await expect(updated).rejects.toThrow(UnknownRunError);
  });
});

describe('listUnfinished', () => {
  it('finds what is open or has its metrics still to hand over, the newest first', async () => {
    const reported = { completedAt: startOfTest, reportedAt: startOfTest };
    const runs = [
      aRunOn(0, { status: 'planning' }),
      aRunOn(1, { status: 'completed', ...reported }),
      aRunOn(2, { status: 'completed' }),
      aRunOn(3, { status: 'failed', ...reported }),
      aRunOn(4, { status: 'running' }),
    ];
    for (const run of runs) await store.create(run);
    expect(await collect(store.listUnfinished())).toEqual([runs[4], runs[2], runs[0]]);
  });

  it('forgets a run once its metrics are handed over', async () => {
    await store.create(aRun({ status: 'completed' }));
    await store.update(aRun().id, (run) => ({ ...run, reportedAt: startOfTest }));
    expect(await collect(store.listUnfinished())).toEqual([]);
  });
});

describe('lastSuccessAt', () => {
  const ended = (status: Run['status'], completedAt: number) => ({ status, completedAt });

  it('is the end of the newest run that completed', async () => {
    await store.create(aRunOn(0, ended('completed', 100)));
    await store.create(aRunOn(1, ended('completedWithErrors', 200)));
    await store.create(aRunOn(2, ended('failed', 300)));
    await store.create(aRunOn(3, { status: 'running' }));
    expect(await store.lastSuccessAt()).toBe(200);
  });

  it('is the beginning of the oldest run while none completed', async () => {
    await store.create(aRunOn(1, ended('failed', 300)));
    await store.create(aRunOn(0, ended('cancelled', 200)));
    expect(await store.lastSuccessAt()).toBe(startOfTest);
  });
});

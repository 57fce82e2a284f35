import { beforeEach, describe, expect, it } from 'vitest';
import { TableRunStore } from '../../../src/adapters/table/table-run-store.ts';
import { newRunId } from '../../../src/core/run-id.ts';
import type { Run } from '../../../src/core/run.ts';
import { encodeToken } from '../../../src/adapters/table/continuation-token.ts';
import {
  InvalidTokenError,
  RunExistsError,
  UnknownRunError,
} from '../../../src/use-cases/ports.ts';
import { aDeviceId, aRun, startOfTest } from '../../support/factories.ts';
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
    expect(await store.list({ limit: 20 })).toEqual({ value: [] });
    expect(await collect(store.listBefore(startOfTest))).toEqual([]);
    await store.remove(aRun().id);
  });
});

describe('create', () => {
  it('keeps a run as it is', async () => {
    await store.create(aRun({ reason: 'drill' }));
    expect(await store.get(aRun().id)).toEqual(aRun({ reason: 'drill' }));
  });

  it('keeps a scope of 10,000 device ids, and a change to its run', async () => {
    const deviceIds = Array.from({ length: 10_000 }, (_, number) => aDeviceId(number));
    const run = aRun({ scope: { deviceIds, exclude: { platforms: ['iOS'] } } });
    await store.create(run);
    expect(await store.get(run.id)).toEqual(run);
    await store.update(run.id, (current) => ({ ...current, batchCount: 200 }));
    expect(await store.get(run.id)).toEqual({ ...run, batchCount: 200 });
  });

  it('refuses an id that exists, and leaves that run alone', async () => {
    await store.create(aRun());
    await expect(store.create(aRun({ reason: 'another' }))).rejects.toThrow(RunExistsError);
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

describe('list', () => {
  const runs = [
    aRunOn(0, { status: 'completed' }),
    aRunOn(1, { status: 'failed', trigger: 'http' }),
    aRunOn(2, { status: 'completed', trigger: 'http' }),
    aRunOn(3, { status: 'running', trigger: 'http' }),
    aRunOn(4, { status: 'completed', trigger: 'retry' }),
  ] as const;
  const days = (page: { value: readonly Run[] }) =>
    page.value.map((run) => runs.findIndex(({ id }) => id === run.id));
  beforeEach(async () => {
    for (const run of runs) await store.create(run);
  });

  it('gives runs as they are, the newest first', async () => {
    expect(await store.list({ limit: 20 })).toEqual({ value: runs.toReversed() });
  });

  it.each([1, 2, 3, 4, 5, 6])('in pages of %i gives every run once', async (limit) => {
    const seen: number[] = [];
    let page = await store.list({ limit });
    seen.push(...days(page));
    while (page.continuationToken !== undefined) {
      expect(page.value).toHaveLength(limit);
      page = await store.list({ limit, continuationToken: page.continuationToken });
      seen.push(...days(page));
    }
    expect(seen).toEqual([4, 3, 2, 1, 0]);
  });

  it.each<[Partial<Parameters<TableRunStore['list']>[0]>, number[]]>([
    [{ status: 'completed' }, [4, 2, 0]],
    [{ trigger: 'http' }, [3, 2, 1]],
    [{ status: 'completed', trigger: 'http' }, [2]],
    [{ status: 'planned' }, []],
  ])('with %j gives those only', async (filter, expected) => {
    expect(days(await store.list({ ...filter, limit: 20 }))).toEqual(expected);
    const first = await store.list({ ...filter, limit: 1 });
    expect(days(first)).toEqual(expected.slice(0, 1));
    expect(first.continuationToken !== undefined).toBe(expected.length > 1);
  });

  it('goes on after a run that was removed meanwhile', async () => {
    const { continuationToken = '' } = await store.list({ limit: 2 });
    await store.remove(runs[3].id);
    expect(days(await store.list({ limit: 20, continuationToken }))).toEqual([2, 1, 0]);
  });

  it.each(['x', '', encodeToken(5), encodeToken("' or RowKey ne '"), encodeToken(['batch-0', 0])])(
    'refuses a token that was tampered with: %j',
    async (continuationToken) => {
      const listed = store.list({ limit: 1, continuationToken });
      await expect(listed).rejects.toThrow(InvalidTokenError);
    },
  );
});

describe('listBefore and remove', () => {
  it('find the runs that began before a moment, and take them away', async () => {
    for (const day of [0, 1, 2]) await store.create(aRunOn(day));
    const before = await collect(store.listBefore(aRunOn(2).createdAt));
    expect(before).toEqual([aRunOn(1).id, aRunOn(0).id]);
    for (const id of before) await store.remove(id);
    expect(await store.list({ limit: 20 })).toEqual({ value: [aRunOn(2)] });
  });

  it('may take a run away twice', async () => {
    await store.create(aRun());
    await store.remove(aRun().id);
    await store.remove(aRun().id);
    expect(await store.get(aRun().id)).toBeUndefined();
  });
});

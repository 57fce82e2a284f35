import type { TableClient } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { TableWriteBudget } from '../../../src/adapters/table/table-write-budget.ts';
import type { Reservation, WriteRequest } from '../../../src/core/write-budget.ts';
import { aTable, countRequests } from '../../support/storage.ts';

/** A worker's view of the budget; its clock is ahead of the storage service's by `skewMs`. */
function aWorker(table: TableClient, { skewMs = 0 } = {}): TableWriteBudget {
  const clock = { now: () => Date.now() + skewMs, sleep: () => Promise.resolve() };
  return new TableWriteBudget(table, { clock, random: () => 0.5, writesPerSecond: 10 });
}

const FAR_MS = 3_600_000;

function ask(worker: TableWriteBudget, request: Partial<WriteRequest> = {}): Promise<Reservation> {
  return worker.reserve({ count: 5, backlog: 5, lane: 'normal', maxWaitMs: FAR_MS, ...request });
}

/** A reservation that has a place. */
async function granted(asked: Promise<Reservation>) {
  const reservation = await asked;
  if (reservation.kind === 'putBack') throw new Error(`put back for ${reservation.waitMs} ms`);
  return reservation;
}

/** When reserved writes may go. */
const momentOf = async (asked: Promise<Reservation>) => (await granted(asked)).at;

/** The times between moments. */
const gaps = (moments: readonly number[]) =>
  moments.slice(1).map((moment, place) => moment - (moments[place] ?? 0));

describe('the shared write budget', () => {
  it('lets the first writes go at once, before there is a table', async () => {
    expect(await ask(aWorker(aTable()))).toMatchObject({ kind: 'granted', count: 5 });
  });

  it('makes one worker wait for what another one reserved', async () => {
    const table = aTable();
    const first = await momentOf(ask(aWorker(table)));
    expect((await momentOf(ask(aWorker(table)))) - first).toBe(510);
  });

  it('gives 8 workers at once one slot after the other, and no slot twice', async () => {
    const name = aTable().tableName;
    const workers = Array.from({ length: 8 }, () => aWorker(aTable(name)));
    const moments = await Promise.all(
      workers.map(async (worker) => {
        const own: number[] = [];
        for (let turn = 0; turn < 10; turn++) own.push(await momentOf(ask(worker)));
        expect(own).toEqual(own.toSorted((a, b) => a - b));
        return own;
      }),
    );
    expect(gaps(moments.flat().toSorted((a, b) => a - b))).toEqual(
      Array.from({ length: 79 }, () => 510),
    );
  });

  it('counts nothing of a reservation whose wait was too long', async () => {
    const worker = aWorker(aTable());
    const first = await momentOf(ask(worker));
    expect((await ask(worker, { maxWaitMs: 0 })).kind).toBe('putBack');
    expect((await momentOf(ask(worker))) - first).toBe(510);
  });

  it('means the same moment to workers whose clocks are 10 s apart', async () => {
    const table = aTable();
    const workers = [aWorker(table, { skewMs: 5_000 }), aWorker(table, { skewMs: -5_000 })];
    // The answer to its first write tells each the storage service's time.
    for (const worker of workers) await ask(worker);
    for (let turn = 0; turn < 10; turn++) {
      for (const worker of workers) {
        const asked = Date.now();
        const { at, waitMs } = await granted(ask(worker));
        const answered = Date.now();
        // However long that took: what is waited for lies between the two, to a second.
        expect(at).toBeGreaterThan(asked + waitMs - 1_000);
        expect(at).toBeLessThan(answered + waitMs + 1_000);
      }
    }
  });

  it('starts afresh over a row that it cannot read', async () => {
    const table = aTable();
    await ask(aWorker(table));
    await table.upsertEntity(
      { partitionKey: 'writeBudget', rowKey: 'graph', state: '{"of":"another version"}' },
      'Replace',
    );
    expect(await ask(aWorker(table))).toMatchObject({ kind: 'granted', waitMs: 0 });
  });
});

describe('a throttled call', () => {
  it('stops every worker, and takes back what was reserved', async () => {
    const table = aTable();
    const reserved = await momentOf(ask(aWorker(table)));
    await aWorker(table).throttle({ at: reserved, waitMs: 12_000 });
    expect(await aWorker(table).isStillOpen(reserved + 510)).toBe(false);
    const next = await momentOf(ask(aWorker(table)));
    expect(next - reserved).toBeGreaterThanOrEqual(12_000);
    expect(await aWorker(table).isStillOpen(next)).toBe(true);
  });

  it('lowers the rate for every worker', async () => {
    const table = aTable();
    const reserved = await momentOf(ask(aWorker(table)));
    await aWorker(table).throttle({ at: reserved, waitMs: 60_000 });
    const moments = [await momentOf(ask(aWorker(table))), await momentOf(ask(aWorker(table)))];
    expect(gaps(moments)[0]).toBeGreaterThan(550);
  });

  it('counts for the longest wait of several at once', async () => {
    const name = aTable().tableName;
    const reserved = await momentOf(ask(aWorker(aTable(name))));
    const waits = [3, 9, 1, 7].map((seconds) => seconds * 1_000);
    await Promise.all(
      waits.map((waitMs) => aWorker(aTable(name)).throttle({ at: reserved, waitMs })),
    );
    const next = await momentOf(ask(aWorker(aTable(name))));
    expect(next - reserved).toBeGreaterThanOrEqual(9_000);
  });

  it('is not written again when it changes nothing', async () => {
    const table = aTable();
    const reserved = await momentOf(ask(aWorker(table)));
    await aWorker(table).throttle({ at: reserved, waitMs: 60_000 });
    const requests = countRequests(table);
    await aWorker(table).throttle({ at: reserved, waitMs: 1_000 });
    expect(requests()).toBe(1);
  });
});

describe('an urgent run', () => {
  it('makes the work of every other worker step aside once it is announced', async () => {
    const table = aTable();
    await aWorker(table).announceUrgent();
    expect((await ask(aWorker(table), { maxWaitMs: 3_000 })).kind).toBe('putBack');
    expect(await ask(aWorker(table), { lane: 'urgent' })).toMatchObject({ waitMs: 0 });
  });
});

import type { TableClient } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { TableWriteBudget } from '../../../src/adapters/table/table-write-budget.ts';
import { startOfTest as now } from '../../support/factories.ts';
import { aTable, countRequests } from '../../support/storage.ts';

/** A worker's view of the budget, at a moment that does not pass. */
function aWorker(table: TableClient, { writesPerSecond = 8, at = now } = {}): TableWriteBudget {
  const clock = { now: () => at, sleep: () => Promise.resolve() };
  return new TableWriteBudget(table, { clock, random: () => 0.5, writesPerSecond });
}

const FAR_MS = 3_600_000;

describe('the shared write budget', () => {
  it('lets the first writes go at once, before there is a table', async () => {
    expect(await aWorker(aTable()).reserve(20, 0)).toEqual({ isGranted: true, waitMs: 0 });
  });

  it('makes one worker wait for what another one reserved', async () => {
    const table = aTable();
    await aWorker(table).reserve(20, 0);
    expect(await aWorker(table).reserve(20, 5_000)).toEqual({ isGranted: true, waitMs: 2_500 });
    expect(await aWorker(table, { at: now + 4_000 }).reserve(1, 5_000)).toEqual({
      isGranted: true,
      waitMs: 1_000,
    });
  });

  it('counts nothing of a reservation whose wait was too long', async () => {
    const table = aTable();
    const worker = aWorker(table);
    await worker.reserve(80, 0);
    const tooFar = { isGranted: false, waitMs: 10_000 };
    expect(await worker.reserve(20, 5_000)).toEqual(tooFar);
    expect(await worker.reserve(20, 5_000)).toEqual(tooFar);
    expect(await worker.reserve(20, 10_000)).toEqual({ isGranted: true, waitMs: 10_000 });
  });

  it('gives 8 workers at once one after the other, at the pace, and nobody twice', async () => {
    const name = aTable().tableName;
    const workers = Array.from({ length: 8 }, () => aWorker(aTable(name)));
    const waits = await Promise.all(
      workers.map(async (worker) => {
        const own: number[] = [];
        for (let turn = 0; turn < 5; turn++) {
          const { isGranted, waitMs } = await worker.reserve(20, FAR_MS);
          expect(isGranted).toBe(true);
          own.push(waitMs);
        }
        expect(own).toEqual(own.toSorted((a, b) => a - b));
        return own;
      }),
    );
    expect(waits.flat().toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, turn) => turn * 2_500),
    );
  });

  it('keeps fractions of a millisecond, so that the pace is exact', async () => {
    const worker = aWorker(aTable(), { writesPerSecond: 3 });
    const waits: number[] = [];
    for (let turn = 0; turn < 4; turn++) waits.push((await worker.reserve(1, FAR_MS)).waitMs);
    for (const [turn, waitMs] of waits.entries()) expect(waitMs).toBeCloseTo((turn * 1_000) / 3, 2);
  });
});

describe('a closed gate', () => {
  it('stops every worker until it opens', async () => {
    const table = aTable();
    await aWorker(table).closeUntil(now + 12_000);
    expect(await aWorker(table).reserve(1, 5_000)).toEqual({ isGranted: false, waitMs: 12_000 });
    expect(await aWorker(table, { at: now + 12_000 }).reserve(1, 5_000)).toEqual({
      isGranted: true,
      waitMs: 0,
    });
  });

  it('is not opened by a shorter wait', async () => {
    const table = aTable();
    await aWorker(table).closeUntil(now + 12_000);
    await aWorker(table).closeUntil(now + 2_000);
    expect((await aWorker(table).reserve(1, FAR_MS)).waitMs).toBe(12_000);
  });

  it('is not written again for a wait that changes nothing', async () => {
    const table = aTable();
    await aWorker(table).closeUntil(now + 12_000);
    const requests = countRequests(table);
    await aWorker(table).closeUntil(now + 12_000);
    expect(requests()).toBe(1);
  });

  it('is closed by the longest of several at once', async () => {
    const name = aTable().tableName;
    const untils = [3, 9, 1, 7].map((seconds) => now + seconds * 1_000);
    await Promise.all(untils.map((until) => aWorker(aTable(name)).closeUntil(until)));
    expect((await aWorker(aTable(name)).reserve(1, FAR_MS)).waitMs).toBe(9_000);
  });
});

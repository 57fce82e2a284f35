import { describe, expect, it } from 'vitest';
import { createWriteLog } from '../../../../dev/graph-simulator/statistics/write-log.ts';

describe('the write log', () => {
  it('is empty at first, and when it was cleared', () => {
    const log = createWriteLog();
    expect([log.lastAt(), log.countAfter(0)]).toEqual([undefined, 0]);
    log.add(5);
    log.clear();
    expect([log.lastAt(), log.countAfter(0)]).toEqual([undefined, 0]);
  });

  it('counts the writes after a moment', () => {
    const log = createWriteLog();
    for (const at of [10, 20, 20, 30]) log.add(at);
    expect([9, 10, 20, 30].map((at) => log.countAfter(at))).toEqual([4, 3, 1, 0]);
    expect(log.lastAt()).toBe(30);
  });

  it('tells when the writes after a moment came, the earliest first', () => {
    const log = createWriteLog(3);
    for (const at of [1, 2, 2, 3]) log.add(at);
    expect([0, 2, 3].map((at) => log.timesAfter(at))).toEqual([[2, 2, 3], [3], []]);
  });

  it('keeps the latest when it is full', () => {
    const log = createWriteLog(3);
    for (const at of [1, 2, 3, 4, 5]) log.add(at);
    expect([log.lastAt(), log.countAfter(0), log.countAfter(3)]).toEqual([5, 3, 2]);
  });
});

import { describe, expect, it } from 'vitest';
import { WriteLog, countWindows, wholeLog } from '../../../../bench/simulation/world/write-log.ts';

/** A call of `writes` at each moment. */
function aLog(moments: readonly number[], writes: number, throttled = 0): WriteLog {
  const log = new WriteLog();
  for (const at of moments) log.add(at, writes, throttled);
  return log;
}

const everySecond = Array.from({ length: 61 }, (_, second) => second * 1_000);

describe('countWindows', () => {
  it('counts the writes of an even log in every window', () => {
    const log = aLog(everySecond, 10);
    const counts = countWindows(log, { from: 0, to: 60_000 }, 20_000);
    expect([counts.min, counts.max]).toEqual([200, 200]);
  });

  it('finds the emptiest window around a gap', () => {
    const log = aLog(
      everySecond.filter((at) => at <= 20_000 || at >= 25_000),
      10,
    );
    const { min, max } = countWindows(log, wholeLog(log), 20_000);
    expect([min, max]).toEqual([160, 200]);
  });

  it('does not count writes that were throttled', () => {
    const log = aLog(everySecond, 10, 4);
    expect(countWindows(log, wholeLog(log), 20_000).max).toBe(120);
  });

  it('counts nothing in a stretch that is shorter than one', () => {
    const log = aLog([0, 1_000], 10);
    expect(countWindows(log, wholeLog(log), 20_000)).toEqual({ min: NaN, max: NaN, mean: NaN });
  });
});

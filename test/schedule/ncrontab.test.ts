import { describe, expect, test } from 'vitest';
import { parseNcrontab } from '../../src/schedule/ncrontab.ts';

/** A Wednesday. */
const now = new Date('2026-04-15T10:20:30.500Z');

function occurrences(expression: string, count: number): string[] {
  const next = parseNcrontab(expression);
  const found = [next(now)];
  while (found.length < count) found.push(next(found.at(-1) ?? now));
  return found.map((date) => date.toISOString().replace('.000Z', 'Z'));
}

describe('NCRONTAB', () => {
  test.each([
    ['0 0 2 * * 0', ['2026-04-19T02:00:00Z', '2026-04-26T02:00:00Z']],
    ['0 */15 * * * *', ['2026-04-15T10:30:00Z', '2026-04-15T10:45:00Z']],
    ['*/10 * * * * *', ['2026-04-15T10:20:40Z', '2026-04-15T10:20:50Z']],
    ['30 20 10 * * *', ['2026-04-16T10:20:30Z', '2026-04-17T10:20:30Z']],
    ['0 9 * * 1-5', ['2026-04-16T09:00:00Z', '2026-04-17T09:00:00Z']],
    ['0 0 9-17/4 * * Mon-Fri', ['2026-04-15T13:00:00Z', '2026-04-15T17:00:00Z']],
    ['0 0 0 1 JAN,jul *', ['2026-07-01T00:00:00Z', '2027-01-01T00:00:00Z']],
    ['0 0 0 29 2 *', ['2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z']],
  ])('%s', (expression, expected) => {
    expect(occurrences(expression, 2)).toEqual(expected);
  });

  test('of five fields is by the minute', () => {
    expect(occurrences('*/5 * * * *', 1)).toEqual(['2026-04-15T10:25:00Z']);
  });

  test('wants both the day of the month and the day of the week', () => {
    expect(occurrences('0 0 0 13 * 5', 2)).toEqual([
      '2026-11-13T00:00:00Z',
      '2027-08-13T00:00:00Z',
    ]);
  });

  test('reads a value with a step as "from there on"', () => {
    expect(occurrences('0 40/10 * * * *', 3)).toEqual([
      '2026-04-15T10:40:00Z',
      '2026-04-15T10:50:00Z',
      '2026-04-15T11:40:00Z',
    ]);
  });

  test('turns a backward range around', () => {
    expect(occurrences('0 0 0 * * 5-1', 3)).toEqual(occurrences('0 0 0 * * 1-5', 3));
  });

  test.each([
    ['* * * *', 'it has 4 fields'],
    ['60 * * * * *', "the second '60'"],
    ['0 0 0 0 * *', "the day of month '0'"],
    ['0 0 0 * 13 *', "the month '13'"],
    ['0 0 0 * * 7', "the day of week '7'"],
    ['0 0 0 ? * *', "the day of month '?'"],
    ['0 0 0 L * *', "the day of month 'L'"],
    ['0 */0 * * * *', "the minute '*/0'"],
    ['0 1- * * * *', "the minute '1-'"],
    ['@daily', 'it has 1 fields'],
    ['0 0 0 30 2 *', 'no next occurrence'],
  ])('%s is refused: %s', (expression, problem) => {
    expect(() => parseNcrontab(expression)).toThrow(problem);
  });
});

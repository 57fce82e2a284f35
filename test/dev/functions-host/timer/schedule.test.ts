import { expect, test } from 'vitest';
import {
  isTooFrequentToMonitor,
  parseSchedule,
} from '../../../../dev/functions-host/timer/schedule.ts';

const now = new Date('2026-04-15T10:20:30Z');

test('a TimeSpan is the distance between runs', () => {
  expect(parseSchedule('00:15:00', 'here').next(now)).toEqual(new Date('2026-04-15T10:35:30Z'));
});

test('a bad schedule is refused with what is wrong and an example', () => {
  expect(() => parseSchedule('weekly', "function 'f': schedule")).toThrow(
    "function 'f': schedule 'weekly' is not an NCRONTAB expression: it has 1 fields, not 6 (or 5 " +
      "without seconds); every 5 minutes is '0 */5 * * * *'",
  );
});

test.each([
  ['*/30 * * * * *', true],
  ['0,5 0 * * * *', true],
  ['0 * * * * *', false],
  ['00:00:59', true],
  ['00:01:00', false],
])('%s is too frequent to monitor: %s', (schedule, expected) => {
  expect(isTooFrequentToMonitor(parseSchedule(schedule, 'here'), now)).toBe(expected);
});

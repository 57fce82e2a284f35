import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../../../dev/functions-host/timer/schedule.ts';
import {
  NEVER,
  assessStart,
  statusAfterRun,
} from '../../../../dev/functions-host/timer/schedule-status.ts';

const hourly = parseSchedule('0 0 * * * *', 'here');
const at = (time: string) => new Date(`2026-04-15T${time}Z`);

describe('at a start', () => {
  test('without a status the next run is written down, and nothing is past due', () => {
    expect(assessStart(undefined, hourly, at('10:20:00'))).toEqual({
      status: { last: NEVER, next: at('11:00:00'), lastUpdated: at('10:20:00') },
      isPastDue: false,
      isChanged: true,
    });
  });

  test('before the recorded next run nothing is past due', () => {
    const status = { last: at('10:00:00'), next: at('11:00:00'), lastUpdated: at('10:00:00') };
    const expected = { status, isPastDue: false, isChanged: false };
    expect(assessStart(status, hourly, at('10:59:59'))).toEqual(expected);
  });

  test('after it one run is past due, however many were missed', () => {
    const status = { last: at('10:00:00'), next: at('11:00:00'), lastUpdated: at('10:00:00') };
    const expected = { status, isPastDue: true, isChanged: false };
    expect(assessStart(status, hourly, at('13:30:00'))).toEqual(expected);
  });

  test('a changed schedule is computed anew and is not past due', () => {
    const status = { last: at('10:00:00'), next: at('10:15:00'), lastUpdated: at('10:00:00') };
    expect(assessStart(status, hourly, at('13:30:00'))).toEqual({
      status: { last: NEVER, next: at('14:00:00'), lastUpdated: at('13:30:00') },
      isPastDue: false,
      isChanged: true,
    });
  });
});

describe('after a run', () => {
  const status = { last: NEVER, next: at('11:00:00'), lastUpdated: at('10:20:00') };

  test('the next one is counted from its start', () => {
    expect(statusAfterRun(status, hourly, at('11:00:01'), false)).toEqual({
      last: at('11:00:01'),
      next: at('12:00:00'),
      lastUpdated: at('11:00:01'),
    });
  });

  test('that came a little early, its occurrence does not come again', () => {
    expect(statusAfterRun(status, hourly, at('10:59:59'), false)).toEqual({
      last: at('11:00:00'),
      next: at('12:00:00'),
      lastUpdated: at('11:00:00'),
    });
  });

  test('by runOnStartup the occurrence is still to come', () => {
    expect(statusAfterRun(status, hourly, at('10:30:00'), true).next).toEqual(at('11:00:00'));
  });
});

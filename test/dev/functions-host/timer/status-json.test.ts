import { expect, test } from 'vitest';
import { NEVER } from '../../../../dev/functions-host/timer/schedule-status.ts';
import {
  statusFromJson,
  statusToJson,
  timerInputJson,
} from '../../../../dev/functions-host/timer/status-json.ts';

const status = {
  last: NEVER,
  next: new Date('2026-04-15T11:00:00Z'),
  lastUpdated: new Date('2026-04-15T10:20:00.250Z'),
};
const json = {
  Last: '0001-01-01T00:00:00+00:00',
  Next: '2026-04-15T11:00:00+00:00',
  LastUpdated: '2026-04-15T10:20:00.250+00:00',
};

test('a status is written as the real host writes it, and read back', () => {
  expect(statusToJson(status)).toEqual(json);
  expect(statusFromJson(JSON.stringify(json))).toEqual(status);
});

test('the seven digits of .NET are read', () => {
  const text = JSON.stringify({ ...json, LastUpdated: '2026-04-15T10:20:00.2500001+00:00' });
  expect(statusFromJson(text)).toEqual(status);
});

test.each(['', '{}', '{"Last":"soon"}'])('%j is no status', (text) => {
  expect(statusFromJson(text)).toBeUndefined();
});

test('the input of a timer has its status, or null when it is not monitored', () => {
  const common = { Schedule: { AdjustForDST: true } };
  expect(JSON.parse(timerInputJson(status, true))).toEqual({
    ...common,
    ScheduleStatus: json,
    IsPastDue: true,
  });
  expect(JSON.parse(timerInputJson(undefined, false))).toEqual({
    ...common,
    ScheduleStatus: null,
    IsPastDue: false,
  });
});

import { expect, test } from 'vitest';
import { parseTimeSpan } from '../../../../dev/functions-host/settings/time-span.ts';

test.each([
  ['00:00:02', 2_000],
  ['00:05', 300_000],
  ['01:02:03.5', 3_723_500],
  ['7.00:00:00', 604_800_000],
  ['00:00:00', 0],
])('%s is %i ms', (text, milliseconds) => {
  expect(parseTimeSpan(text)).toBe(milliseconds);
});

test.each(['', '5', '24:00:00', '00:60:00', '00:00:60', '-00:00:01', 'a:b:c'])(
  "'%s' is no TimeSpan",
  (text) => {
    expect(parseTimeSpan(text)).toBeUndefined();
  },
);

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RETRY_AFTER_MS, parseRetryAfter } from '../../src/core/retry-after.ts';

const now = Date.parse('2026-01-04T02:00:00Z');

describe('parseRetryAfter', () => {
  it.each([
    ['10', 10_000],
    ['0', 0],
    ['2.128', 2_128],
    [' 7 ', 7_000],
    ['3600', 3_600_000],
    ['86400', MAX_RETRY_AFTER_MS],
    ['9'.repeat(400), MAX_RETRY_AFTER_MS],
    ['Sun, 04 Jan 2026 02:00:30 GMT', 30_000],
    ['Sunday, 04-Jan-26 02:00:30 GMT', 30_000],
    ['Sun, 04 Jan 2026 02:00:00 GMT', 0],
    ['Mon, 05 Jan 2026 02:00:00 GMT', MAX_RETRY_AFTER_MS],
  ])('%j is %i ms', (value, wait) => {
    expect(parseRetryAfter(value, now)).toBe(wait);
  });

  it.each([
    [null],
    [undefined],
    [''],
    [' '],
    ['-5'],
    ['-2.5'],
    ['soon'],
    ['1e3'],
    ['0x10'],
    ['5s'],
    ['5, 10'],
    ['Infinity'],
    ['NaN'],
    ['2026-01-04T02:00:30Z'],
    ['Sun, 99 Jan 2026 02:00:30 GMT'],
    ['Sun, 04 Jan 2026 01:59:59 GMT'],
    ['Sun, 04 Jan 2026 01:59:00 GMT'],
  ])('%j counts as absent', (value) => {
    expect(parseRetryAfter(value, now)).toBeUndefined();
  });

  it('is never negative, never more than an hour and always a number, whatever is sent', () => {
    const anyHeader = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(anyHeader, (value) => {
        const wait = parseRetryAfter(value, now);
        if (wait === undefined) return;
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(MAX_RETRY_AFTER_MS);
      }),
    );
  });
});

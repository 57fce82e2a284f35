import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimeBound } from '../../src/core/time-bound.ts';

/** 31 March 2026, 12:30 UTC: the month before it has fewer days. */
const now = Date.UTC(2026, 2, 31, 12, 30);

describe('an instant', () => {
  it.each([
    ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.000Z'],
    ['2026-01-31T08:00Z', '2026-01-31T08:00:00.000Z'],
    ['2026-01-31T08:00:00.5Z', '2026-01-31T08:00:00.500Z'],
    ['2026-01-31T08:00:00.1234567Z', '2026-01-31T08:00:00.123Z'],
    ['2026-01-31T08:00:00+02:00', '2026-01-31T06:00:00.000Z'],
    ['2026-01-31T22:00:00-05:30', '2026-02-01T03:30:00.000Z'],
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2062-01-01', '2062-01-01T00:00:00.000Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(isoOf(text)).toBe(instant);
  });

  it.each([
    ['without a zone', '2026-01-31T08:00:00'],
    ['with a zone but no time', '2026-01-31Z'],
    ['on a day its month does not have', '2026-02-30T00:00:00Z'],
    ['on 29 February of a common year', '2026-02-29'],
    ['on 29 February of a century', '2100-02-29'],
    ['in a 13th month', '2026-13-01'],
    ['on day 0', '2026-01-00'],
    ['at 24:00', '2026-01-31T24:00:00Z'],
    ['in a leap second', '2026-12-31T23:59:60Z'],
    ['with a zone of 99 hours', '2026-01-31T08:00:00+99:00'],
    ['before 1970', '1969-12-31T23:59:59Z'],
    ['before 1970 by its zone', '1970-01-01T00:00:00+02:00'],
    ['of the year 1, as Graph writes never', '0001-01-01T00:00:00Z'],
    ['with a space for the T', '2026-01-31 08:00:00Z'],
    ['with slashes', '2026/01/31'],
    ['as people write it', '31 January 2026'],
    ['as a number', '1769846400000'],
    ['of a month', '2026-01'],
    ['with something after it', '2026-01-31T08:00:00Z and later'],
    ['with a space before it', ' 2026-01-31'],
    ['with a line break after it', '2026-01-31\n'],
    ['of nothing', ''],
  ])('%s is refused', (_, text) => {
    expect(parseTimeBound(text, now)).toBeUndefined();
  });
});

describe('a duration', () => {
  it.each([
    ['P30D', '2026-03-01T12:30:00.000Z'],
    ['PT12H', '2026-03-31T00:30:00.000Z'],
    ['PT30M', '2026-03-31T12:00:00.000Z'],
    ['PT90S', '2026-03-31T12:28:30.000Z'],
    ['P1W', '2026-03-24T12:30:00.000Z'],
    ['P1DT12H', '2026-03-30T00:30:00.000Z'],
    ['P1DT0.5H', '2026-03-30T12:00:00.000Z'],
    ['P0.5D', '2026-03-31T00:30:00.000Z'],
    ['P0,5D', '2026-03-31T00:30:00.000Z'],
    ['P1.5W', '2026-03-21T00:30:00.000Z'],
    ['PT0.001S', '2026-03-31T12:29:59.999Z'],
    ['P0DT1H', '2026-03-31T11:30:00.000Z'],
    ['P1Y2M3DT4H5M6S', '2025-01-28T08:24:54.000Z'],
    ['P10Y', '2016-03-31T12:30:00.000Z'],
    ['P3653D', '2016-03-30T12:30:00.000Z'],
    ['P120M', '2016-03-31T12:30:00.000Z'],
  ])('of %s is counted back to %s', (text, instant) => {
    expect(isoOf(text)).toBe(instant);
  });

  it.each([
    ['P1M', '2026-03-31T12:30:00Z', '2026-02-28T12:30:00.000Z'],
    ['P1M', '2026-01-15T00:00:00Z', '2025-12-15T00:00:00.000Z'],
    ['P13M', '2026-03-31T12:30:00Z', '2025-02-28T12:30:00.000Z'],
    ['P1Y', '2024-02-29T12:00:00Z', '2023-02-28T12:00:00.000Z'],
    ['P4Y', '2024-02-29T12:00:00Z', '2020-02-29T12:00:00.000Z'],
    ['P1M1D', '2026-03-31T12:30:00Z', '2026-02-27T12:30:00.000Z'],
  ])('of %s before %s goes by the calendar: %s', (text, from, instant) => {
    expect(new Date(parseTimeBound(text, Date.parse(from)) ?? NaN).toISOString()).toBe(instant);
  });

  it.each([
    ['of nothing', 'P'],
    ['with a T and no time', 'P1DT'],
    ['with only a T', 'PT'],
    ['of zero', 'P0D'],
    ['of zero in every unit', 'P0Y0M0DT0H0M0S'],
    ['shorter than a millisecond', 'PT0.0001S'],
    ['below zero', '-P1D'],
    ['below zero in a unit', 'P-1D'],
    ['with a plus', 'P+1D'],
    ['with a fraction that is not in its smallest unit', 'P1.5DT1H'],
    ['with a fraction of hours before minutes', 'PT1.5H30M'],
    ['of a part of a month', 'P0.5M'],
    ['of a part of a year', 'P1.5Y'],
    ['with a fraction without digits', 'P1.D'],
    ['without a number', 'PD'],
    ['with its units in the wrong order', 'P1D1M'],
    ['with hours before the T', 'P12H'],
    ['with weeks beside other units', 'P1W1D'],
    ['in lower case', 'p30d'],
    ['with a space', 'P30 D'],
    ['with something after it', 'P30D '],
    ['with a line break after it', 'P30D\n'],
    ['as people write it', '30d'],
    ['of more than ten years', 'P11Y'],
    ['of ten years and a day', 'P10Y1D'],
    ['of more than ten years of days', 'P3654D'],
    ['of a number that is not thinkable', 'P999999999Y'],
    ['of a number that is too long', 'P9999999999999999999999D'],
  ])('%s is refused', (_, text) => {
    expect(parseTimeBound(text, now)).toBeUndefined();
  });

  it('that reaches back before 1970 is refused', () => {
    const in1975 = Date.UTC(1975, 0, 1);
    expect(parseTimeBound('P5Y', in1975)).toBe(0);
    expect(parseTimeBound('P6Y', in1975)).toBeUndefined();
  });

  it('is good or not whatever the time, so that an accepted text stays good', () => {
    const count = fc.integer({ min: 0, max: 4_000 });
    const anyNow = fc.date({
      min: new Date('1981-01-01'),
      max: new Date('2200-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(count, fc.constantFrom('D', 'M', 'Y', 'W'), anyNow, (amount, unit, date) => {
        const text = `P${amount}${unit}`;
        const isBound = parseTimeBound(text, date.getTime()) !== undefined;
        expect(isBound).toBe(parseTimeBound(text, now) !== undefined);
      }),
    );
  });

  it('is before now by as much as it says', () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.nat(23),
        fc.integer({ min: 1, max: 59 }),
        (days, hours, minutes) => {
          const ms = ((days * 24 + hours) * 60 + minutes) * 60_000;
          expect(parseTimeBound(`P${days}DT${hours}H${minutes}M`, now)).toBe(now - ms);
        },
      ),
    );
  });
});

function isoOf(text: string): string {
  return new Date(parseTimeBound(text, now) ?? NaN).toISOString();
}

import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../dev/graph-simulator/odata/parse-filter.ts';
import { valuesOf } from '../../../../dev/graph-simulator/reports/values-of.ts';

describe('the values that a filter leaves to a column', () => {
  it.each([
    ["State eq '1'", ['1']],
    ["state eq '1'", ['1']],
    ["(Id eq 'a') and (State eq '1')", ['1']],
    ["((State eq '1') or (State eq '2')) and (Id eq 'a')", ['1', '2']],
    ["(Id eq 'a') and ((Name eq 'b') and (State eq '1'))", ['1']],
  ])('are named by %s', (filter, values) => {
    expect(valuesOf(parseFilter(filter), 'State')).toEqual(values);
  });

  it.each([
    "Id eq 'a'",
    "State ne '1'",
    "State gt '1'",
    'State eq 1',
    "(State eq '1') or (Id eq 'a')",
    "((State eq '1') and (Id eq 'a')) or (Name eq 'b')",
  ])('can be any for %s', (filter) => {
    expect(valuesOf(parseFilter(filter), 'State')).toBeUndefined();
  });

  it('can be any without a filter', () => {
    expect(valuesOf(undefined, 'State')).toBeUndefined();
  });
});

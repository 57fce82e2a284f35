import { describe, expect, it } from 'vitest';
import { addTotals, noTotals, processedOf } from '../../src/core/totals.ts';
import { someTotals } from '../support/factories.ts';

const some = {
  success: 1,
  error: 5,
  cancelled: 3,
  unknown: 4,
  batches: 6,
  throttled: 7,
  errorsByCode: { timeout: 2, BadRequest: 3 },
};

describe('addTotals', () => {
  it('adds every count, and codes one by one', () => {
    const more = someTotals({ success: 10, error: 2, errorsByCode: { timeout: 1, Conflict: 1 } });
    expect(addTotals(some, more)).toEqual({
      ...some,
      success: 11,
      error: 7,
      errorsByCode: { timeout: 3, BadRequest: 3, Conflict: 1 },
    });
  });

  it('leaves both as they were', () => {
    const before = structuredClone(some);
    addTotals(some, some);
    expect(some).toEqual(before);
  });

  it('changes nothing by nothing', () => {
    expect(addTotals(some, noTotals)).toEqual(some);
    expect(addTotals(noTotals, some)).toEqual(some);
  });
});

describe('processedOf', () => {
  it('is every device that has an outcome', () => {
    expect(processedOf(some)).toBe(1 + 5 + 3 + 4);
  });
});

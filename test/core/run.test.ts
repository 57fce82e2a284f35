import { describe, expect, it } from 'vitest';
import { finalStatuses, isFinal, openStatuses, skippedOf } from '../../src/core/run.ts';

describe('isFinal', () => {
  it.each(openStatuses)('a run that is %s is not', (status) => {
    expect(isFinal({ status })).toBe(false);
  });

  it.each(finalStatuses)('a run that is %s is', (status) => {
    expect(isFinal({ status })).toBe(true);
  });
});

describe('skippedOf', () => {
  it('adds up the reasons', () => {
    expect(skippedOf({ skippedByReason: {} })).toBe(0);
    expect(skippedOf({ skippedByReason: { leaving: 2, unsupportedAgent: 3 } })).toBe(5);
  });
});

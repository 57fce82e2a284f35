import { describe, expect, it } from 'vitest';
import { listingFailed } from '../../src/core/problems.ts';
import {
  type VerificationPass,
  isDuePass,
  lastFound,
  plannedPasses,
  withFailure,
  withFound,
} from '../../src/core/verification.ts';
import { startOfTest as now } from '../support/factories.ts';

const minute = 60_000;
const counts = { checkedIn: 7, byItself: 0, silent: 3, gone: 0 };
const problem = listingFailed('Page 2 failed.');

const pass = (overrides: Partial<VerificationPass> = {}): VerificationPass => ({
  dueAt: now,
  failures: 0,
  reportAttempts: 0,
  ...overrides,
});

describe('the looks at a run that ended', () => {
  it('are one for each time that is set, counted from its end', () => {
    expect(plannedPasses([15 * minute, 60 * minute], now, 10)).toEqual([
      pass({ dueAt: now + 15 * minute }),
      pass({ dueAt: now + 60 * minute }),
    ]);
  });

  it('are none when no command was accepted', () => {
    expect(plannedPasses([15 * minute], now, 0)).toEqual([]);
  });
});

describe('a look', () => {
  it.each([
    ['is due at its time', pass(), true],
    ['is not due before it', pass({ dueAt: now + 1 }), false],
    ['that failed is due after its wait', pass({ retryAt: now }), true],
    ['that failed is not due before that', pass({ retryAt: now + 1 }), false],
    ['that was made is not due', pass({ found: { ...counts, at: now } }), false],
    ['that was given up is not due', pass({ problem }), false],
  ])('%s', (_what, given, isDue) => {
    expect(isDuePass(given, now)).toBe(isDue);
  });

  it('stands for every look that is due, and for no other', () => {
    const passes = [pass({ dueAt: now - 1 }), pass(), pass({ dueAt: now + 1 })];
    const found = { ...counts, at: now };
    expect(withFound(passes, counts, now)).toEqual([
      pass({ dueAt: now - 1, found }),
      pass({ found }),
      pass({ dueAt: now + 1 }),
    ]);
  });

  it('does not change what an earlier one found', () => {
    const passes = [pass({ found: { ...counts, at: now - minute } }), pass()];
    expect(withFound(passes, { ...counts, checkedIn: 9 }, now)[0]).toBe(passes[0]);
  });
});

describe('a look that failed', () => {
  const failed = (failures: number, retryAfterMs = 0) =>
    withFailure([pass({ failures })], problem, retryAfterMs, now)[0];

  it.each([
    [0, 1],
    [1, 2],
    [4, 16],
  ])('%d times before waits for %d minutes', (failures, minutes) => {
    expect(failed(failures)).toEqual(
      pass({ failures: failures + 1, retryAt: now + minutes * minute }),
    );
  });

  it('waits as long as Graph asks, when that is longer', () => {
    expect(failed(0, 30 * minute)?.retryAt).toBe(now + 30 * minute);
    expect(failed(4, 30_000)?.retryAt).toBe(now + 16 * minute);
  });

  it('is given up after the sixth time, with the reason', () => {
    expect(failed(5)).toEqual(pass({ failures: 6, problem }));
  });

  it('leaves the looks alone that were not due', () => {
    const passes = [pass({ dueAt: now + 1 })];
    expect(withFailure(passes, problem, 0, now)).toEqual(passes);
  });
});

describe('what was found last', () => {
  it('is that of the newest look that was made', () => {
    const found = { ...counts, at: now };
    const given = pass({ problem });
    const before = pass({ found: { ...counts, at: now - minute } });
    expect(lastFound({ verification: [before, pass({ found }), given, pass()] })).toBe(found);
    expect(lastFound({ verification: [given] })).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import {
  MAX_NOTICE_ATTEMPTS,
  attemptNotice,
  dueNotice,
  failNotice,
  isNoticeDue,
} from '../../src/core/notice-state.ts';
import { startOfTest as now } from '../support/factories.ts';

/** The state after `attempts` attempts that failed at once, and when each fell due. */
function failed(attempts: number) {
  let state = dueNotice(now);
  const dueAt: number[] = [];
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const at = state.nextAt;
    dueAt.push(at - now);
    state = failNotice(attemptNotice(state, at), { retryAfterMs: undefined, now: at });
  }
  return { state, dueAt };
}

describe('a notice', () => {
  it('is due when the run has ended', () => {
    expect(isNoticeDue(dueNotice(now), now)).toBe(true);
  });

  it('is not due while an attempt is under way, and is again when that is never heard of', () => {
    const attempt = attemptNotice(dueNotice(now), now);
    expect(attempt).toEqual({ attempts: 1, nextAt: now + 10_000, isOver: false });
    expect(isNoticeDue(attempt, now + 9_999)).toBe(false);
    expect(isNoticeDue(attempt, now + 10_000)).toBe(true);
  });

  it('waits longer after each failure, and is given up after the fifth', () => {
    expect(failed(MAX_NOTICE_ATTEMPTS).dueAt).toEqual([0, 10_000, 30_000, 70_000, 150_000]);
    expect(failed(MAX_NOTICE_ATTEMPTS - 1).state.isOver).toBe(false);
    expect(failed(MAX_NOTICE_ATTEMPTS).state.isOver).toBe(true);
  });

  it('is never due once it is over', () => {
    expect(isNoticeDue({ attempts: 1, nextAt: now, isOver: true }, now + 1)).toBe(false);
  });

  it.each([
    [1_000, 10_000],
    [60_000, 60_000],
    [3_600_000, 300_000],
  ])('waits as long as the receiver asks, up to five minutes: %i ms', (asked, waited) => {
    const attempt = attemptNotice(dueNotice(now), now);
    const { nextAt } = failNotice(attempt, { retryAfterMs: asked, now });
    expect(nextAt).toBe(now + waited);
  });
});

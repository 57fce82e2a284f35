import { describe, expect, it } from 'vitest';
import { listingFailed } from '../../src/core/problems.ts';
import { dueNotice } from '../../src/core/notice-state.ts';
import type { Run } from '../../src/core/run.ts';
import { isSettled, nextLookAt } from '../../src/core/settled.ts';
import type { VerificationPass } from '../../src/core/verification.ts';
import { aRun, startOfTest as now } from '../support/factories.ts';

const found = { checkedIn: 7, byItself: 0, silent: 3, gone: 0, at: now };
const open: VerificationPass = { dueAt: now + 60_000, failures: 0, reportAttempts: 0 };
const made: VerificationPass = { ...open, found, reportedAt: now, reportAttempts: 1 };
const missing: VerificationPass = { ...open, problem: listingFailed('Page 2 failed.') };

const reported = (overrides: Partial<Run> = {}) =>
  aRun({ status: 'completed', completedAt: now, reportedAt: now, ...overrides });

describe('a run', () => {
  it.each([
    ['is not settled while it is open', aRun({ status: 'running' }), false],
    ['is not settled before its metrics are handed over', aRun({ status: 'failed' }), false],
    ['is not settled before its notice is', reported({ notice: dueNotice(now) }), false],
    ['is settled then, when it is not verified', reported(), true],
    ['is not settled before its last look', reported({ verification: [made, open] }), false],
    ['is settled after its last look', reported({ verification: [made, missing] }), true],
    [
      'is not settled before what a look found is handed over',
      reported({ verification: [{ ...open, found }] }),
      false,
    ],
    [
      'that renudges is not settled before it did',
      reported({ verification: [made], renudge: true }),
      false,
    ],
    [
      'that renudged is settled',
      reported({ verification: [made], renudge: true, renudgedAt: now }),
      true,
    ],
    [
      'that would renudge is settled when nobody knows who is silent',
      reported({ verification: [missing], renudge: true }),
      true,
    ],
  ])('%s', (_what, run, expected) => {
    expect(isSettled(run)).toBe(expected);
  });
});

describe('the next look at a run that ended', () => {
  it.each([
    ['is at its next verification', [made, open], now + 60_000],
    ['is at the first of them', [{ ...open, dueAt: now + 90_000 }, open], now + 60_000],
    ['waits for one that is to be tried again', [{ ...open, retryAt: now + 75_000 }], now + 75_000],
    ['comes soon while one is due', [{ ...open, dueAt: now }, open], now + 60_000],
    [
      'comes soon while something is to be handed over',
      [
        { ...open, found },
        { ...open, dueAt: now + 900_000 },
      ],
      now + 60_000,
    ],
  ])('%s', (_what, verification, expected) => {
    expect(nextLookAt(reported({ verification }), now)).toBe(expected);
  });

  it('comes soon while its notice is to be sent', () => {
    const run = reported({ notice: dueNotice(now), verification: [open] });
    expect(nextLookAt(run, now)).toBe(now + 10_000);
  });

  it.each([
    ['comes soon while its metrics are to be handed over', undefined, now + 10_000],
    ['waits for the next attempt to hand them over', now + 40_000, now + 40_000],
    ['does not let its verification wait for that', now + 640_000, now + 60_000],
  ])('%s', (_what, retryAt, expected) => {
    const retry = retryAt === undefined ? {} : { reportRetryAt: retryAt };
    const run = aRun({ status: 'completed', completedAt: now, verification: [open], ...retry });
    expect(nextLookAt(run, now)).toBe(expected);
  });

  it('comes soon while silent devices are to be sent to again', () => {
    const verification = [made, { ...open, dueAt: now + 900_000 }];
    expect(nextLookAt(reported({ verification, renudge: true }), now)).toBe(now + 60_000);
  });
});

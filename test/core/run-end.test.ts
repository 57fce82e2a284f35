import { describe, expect, it } from 'vitest';
import {
  deadlineExceeded,
  missingPermission,
  notStarted,
  partialFailure,
} from '../../src/core/problems.ts';
import { endOf, failedToStart, stopRun, unresolvedResult } from '../../src/core/run-end.ts';
import type { RunStop } from '../../src/core/run.ts';
import { aRun, someTotals, startOfTest as now } from '../support/factories.ts';

const problem = missingPermission(['Some.Role']);
const stopped = (status: RunStop['status']) => ({ status, at: now });

describe('endOf', () => {
  it.each([
    [{}, 'completed'],
    [{ success: 5 }, 'completed'],
    [{ success: 5, cancelled: 1 }, 'completed'],
    [{ success: 5, error: 1 }, 'completedWithErrors'],
    [{ unknown: 1 }, 'completedWithErrors'],
  ])('of a run with %j is %s', (counts, status) => {
    expect(endOf(aRun(), someTotals(counts))).toEqual({ status });
  });

  it.each(['failed', 'cancelled', 'timedOut'] as const)(
    'of a run that was stopped as %s is that, whatever was counted',
    (status) => {
      const run = aRun({ stop: stopped(status), ignorePartialFailures: false });
      expect(endOf(run, someTotals({ error: 9 }))).toEqual({ status });
    },
  );
});

describe('endOf a run that may not ignore partial failures', () => {
  const run = aRun({ ignorePartialFailures: false });

  it('is completed without any', () => {
    expect(endOf(run, someTotals({ success: 5, cancelled: 1 }))).toEqual({ status: 'completed' });
  });

  it('is failed with one, and says of how many devices', () => {
    const totals = someTotals({ success: 5, error: 2, unknown: 1 });
    expect(endOf(run, totals)).toEqual({ status: 'failed', problem: partialFailure(3) });
    expect(partialFailure(3).detail).toMatch(/^3 of its devices /);
  });
});

describe('stopRun', () => {
  it('ends a run that is being planned at once', () => {
    const run = aRun();
    expect(stopRun(run, 'failed', problem, now + 5)).toEqual({
      ...run,
      status: 'failed',
      problem,
      completedAt: now + 5,
    });
  });

  it('marks a running run, which goes on to its end', () => {
    const run = aRun({ status: 'running' });
    expect(stopRun(run, 'timedOut', deadlineExceeded(), now + 5)).toEqual({
      ...run,
      problem: deadlineExceeded(),
      stop: { status: 'timedOut', at: now + 5 },
    });
  });

  it('needs no problem, for a run that somebody cancels', () => {
    const run = aRun({ status: 'running' });
    expect(stopRun(run, 'cancelled', undefined, now)).toEqual({
      ...run,
      stop: stopped('cancelled'),
    });
  });

  it('lets the first stop stand', () => {
    const run = aRun({ status: 'running', stop: stopped('cancelled') });
    expect(stopRun(run, 'failed', problem, now + 5)).toBe(run);
  });
});

describe('unresolvedResult', () => {
  it.each([
    ['failed', false, { outcome: 'cancelled' }],
    ['cancelled', false, { outcome: 'cancelled' }],
    ['failed', true, { outcome: 'unknown', code: 'interrupted' }],
    ['cancelled', true, { outcome: 'unknown', code: 'interrupted' }],
    ['timedOut', false, { outcome: 'unknown', code: 'deadlineExceeded' }],
    ['timedOut', true, { outcome: 'unknown', code: 'deadlineExceeded' }],
  ] as const)('after %s, in flight: %s', (status, isInFlight, result) => {
    expect(unresolvedResult(stopped(status), isInFlight)).toEqual(result);
  });
});

describe('failedToStart', () => {
  it('tells a run whose messages could not be sent', () => {
    expect(failedToStart(stopRun(aRun(), 'failed', notStarted(), now))).toBe(true);
  });

  it.each([
    ['is open', aRun()],
    ['is being stopped for it', stopRun(aRun({ status: 'running' }), 'failed', notStarted(), now)],
    ['failed for another reason', stopRun(aRun(), 'failed', problem, now)],
    ['failed without a problem of its own', aRun({ status: 'failed' })],
  ])('is not about a run that %s', (_, run) => {
    expect(failedToStart(run)).toBe(false);
  });
});

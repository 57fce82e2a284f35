import { describe, expect, it } from 'vitest';
import { deadlineExceeded, missingPermission } from '../../src/core/problems.ts';
import { endStatus, stopRun, unresolvedResult } from '../../src/core/run-end.ts';
import type { RunStop } from '../../src/core/run.ts';
import { aRun, someTotals, startOfTest as now } from '../support/factories.ts';

const problem = missingPermission(['Some.Role']);
const stopped = (status: RunStop['status']) => ({ status, at: now });

describe('endStatus', () => {
  it.each([
    [{}, 'completed'],
    [{ success: 5 }, 'completed'],
    [{ success: 5, cancelled: 1 }, 'completed'],
    [{ success: 5, error: 1 }, 'completedWithErrors'],
    [{ unknown: 1 }, 'completedWithErrors'],
  ])('of a run with %j is %s', (counts, status) => {
    expect(endStatus(aRun(), someTotals(counts))).toBe(status);
  });

  it.each(['failed', 'cancelled', 'timedOut'] as const)(
    'of a run that was stopped as %s is that, whatever was counted',
    (status) => {
      expect(endStatus(aRun({ stop: stopped(status) }), someTotals({ success: 9 }))).toBe(status);
    },
  );
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

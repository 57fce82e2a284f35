import { describe, expect, test } from 'vitest';
import { findProblems } from '../../../dev/demo/find-problems.ts';
import type { MetricValues } from '../../../dev/demo/received-metrics.ts';
import type { Run } from '../../../dev/demo/run.ts';
import { aRun, itsMetrics } from './a-run.ts';

const problemsOf = (run: Run, metrics: MetricValues) => findProblems(run, metrics, 'perDevice');

describe('a demo has no problem when', () => {
  test.each(['completed', 'completedWithErrors'])('the run is %s and all is equal', (status) => {
    expect(problemsOf(aRun({ status }), itsMetrics)).toEqual([]);
  });

  test('only a metric that nothing rests on is missing', () => {
    const { ThrottledCount: _, ...others } = itsMetrics;
    expect(problemsOf(aRun(), others)).toEqual([]);
  });
});

describe('a demo has a problem when', () => {
  test.each(['failed', 'cancelled', 'timedOut', 'planned'])('the run ended as %s', (status) => {
    expect(problemsOf(aRun({ status }), itsMetrics)).toEqual([`The run ended as ${status}.`]);
  });

  test('the run was sent in another way than asked for', () => {
    expect(findProblems(aRun(), itsMetrics, 'bulk')).toEqual([
      'The run was sent as perDevice, not as bulk.',
    ]);
  });

  test('a device is missing from the ledger', () => {
    const totals = { ...aRun().totals, success: 275 };
    expect(problemsOf(aRun({ totals }), { ...itsMetrics, SuccessCount: 275 })).toEqual([
      'The ledger does not add up: 300 devices, 299 with an outcome.',
    ]);
  });

  test('a device is still pending', () => {
    const totals = { ...aRun().totals, pending: 1 };
    expect(problemsOf(aRun({ totals }), itsMetrics)).toEqual([
      '1 devices are still pending in a run that ended.',
    ]);
  });

  test('a metric is missing, doubled or off', () => {
    const { ErrorCount: _, ...others } = itsMetrics;
    const metrics = { ...others, TotalDevices: 600, Duration: 37.6 };
    expect(problemsOf(aRun(), metrics)).toEqual([
      'The metric TotalDevices was received as 600; the run says 300.',
      'The metric ErrorCount was not received; the run says 4.',
      'The metric Duration was received as 37.6; the run says 37.5.',
    ]);
  });
});

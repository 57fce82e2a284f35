import { describe, expect, it } from 'vitest';
import {
  MAX_REPORT_ATTEMPTS,
  isReportDue,
  withReportAttempt,
} from '../../src/core/report-retry.ts';
import { aRun, startOfTest as now } from '../support/factories.ts';

describe('the metrics of an ended run', () => {
  it('are due at once, after a failure when its wait is over, and never again once taken', () => {
    expect(isReportDue(aRun(), now)).toBe(true);
    expect(isReportDue(aRun({ reportRetryAt: now + 1 }), now)).toBe(false);
    expect(isReportDue(aRun({ reportRetryAt: now }), now)).toBe(true);
    expect(isReportDue(aRun({ reportedAt: now }), now)).toBe(false);
  });

  it('that were taken are noted so', () => {
    expect(withReportAttempt(aRun(), true, now)).toEqual(
      aRun({ reportAttempts: 1, reportedAt: now }),
    );
  });

  it.each([
    [0, 10_000],
    [1, 20_000],
    [7, 1_280_000],
  ])('that failed after %i failures are tried again after %i ms', (reportAttempts, waitMs) => {
    expect(withReportAttempt(aRun({ reportAttempts }), false, now)).toEqual(
      aRun({ reportAttempts: reportAttempts + 1, reportRetryAt: now + waitMs }),
    );
  });

  it('are given up when the last attempt fails', () => {
    const reportAttempts = MAX_REPORT_ATTEMPTS - 1;
    expect(withReportAttempt(aRun({ reportAttempts }), false, now)).toEqual(
      aRun({ reportAttempts: MAX_REPORT_ATTEMPTS, reportedAt: now }),
    );
  });
});

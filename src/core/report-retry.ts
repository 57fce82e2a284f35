import type { Run } from './run.ts';

/**
 * After so many failures metrics are given up. With the waits between them that is 42 minutes: after
 * the first deployment the identity's role can take ten to take effect
 * (learn.microsoft.com/azure/role-based-access-control/troubleshooting), and an outage takes longer.
 */
export const MAX_REPORT_ATTEMPTS = 9;

/** The wait after the first failed attempt, ms; it doubles with each. */
const INITIAL_WAIT_MS = 10_000;

/** Whether the metrics of an ended run are to be handed over now. */
export function isReportDue({ reportedAt, reportRetryAt = 0 }: Run, now: number): boolean {
  return reportedAt === undefined && now >= reportRetryAt;
}

/**
 * The run after an attempt to hand over its metrics.
 *
 * @param isReported whether they were taken
 */
export function withReportAttempt(run: Run, isReported: boolean, now: number): Run {
  const reportAttempts = run.reportAttempts + 1;
  const isOver = isReported || reportAttempts >= MAX_REPORT_ATTEMPTS;
  const reportRetryAt = now + INITIAL_WAIT_MS * 2 ** run.reportAttempts;
  return { ...run, reportAttempts, ...(isOver ? { reportedAt: now } : { reportRetryAt }) };
}

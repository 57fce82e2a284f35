import { describe, expect, it } from 'vitest';
import { noticeOf } from '../../src/core/notice.ts';
import { deadlineExceeded } from '../../src/core/problems.ts';
import { aRun, startOfTest as now, someTotals } from '../support/factories.ts';

describe('the notice of a run', () => {
  it('says what the run came to, why it was started and what went wrong', () => {
    const problem = deadlineExceeded();
    const run = aRun({
      status: 'timedOut',
      reason: 'Policy withdrawn',
      problem,
      completedAt: now + 90_000,
      totalDevices: 10,
      skippedByReason: { excluded: 2, leaving: 1 },
      totals: someTotals({ success: 4, error: 1, cancelled: 0, unknown: 2 }),
    });
    expect(noticeOf(run)).toEqual({
      runId: run.id,
      status: 'timedOut',
      action: 'syncDevice',
      trigger: 'schedule',
      priority: 'normal',
      mode: 'perDevice',
      requestedBy: 'schedule',
      reason: 'Policy withdrawn',
      problem,
      totals: { totalDevices: 10, success: 4, error: 1, skipped: 3, cancelled: 0, unknown: 2 },
      createdAt: now,
      completedAt: now + 90_000,
      durationSeconds: 90,
    });
  });

  it('names no device, not even those of the scope', () => {
    const run = aRun({ status: 'completed', scope: { deviceNames: ['WS-BOSS'] } });
    expect(JSON.stringify(noticeOf(run))).not.toContain('WS-BOSS');
  });
});

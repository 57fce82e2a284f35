import { describe, expect, it } from 'vitest';
import { runDocument } from '../../../src/functions/http/run-document.ts';
import { missingPermission } from '../../../src/core/problems.ts';
import { aRun, aRunId, someTotals, startOfTest as start } from '../../support/factories.ts';

const minutes = (count: number) => start + count * 60_000;

describe('the document of a run', () => {
  it('that ended holds everything, and adds up', () => {
    const run = aRun({
      reason: 'policy change',
      status: 'completedWithErrors',
      startedAt: start + 1_000,
      plannedAt: start + 3_000,
      completedAt: minutes(2),
      totalDevices: 110,
      skippedByReason: { leaving: 1, unsupportedPlatform: 2 },
      batchCount: 3,
      totals: someTotals({
        success: 100,
        error: 5,
        unknown: 2,
        batches: 3,
        throttled: 4,
        errorsByCode: { ResourceNotFound: 5 },
      }),
    });
    expect(runDocument(run, minutes(60))).toEqual({
      id: aRunId,
      parameters: {},
      ignorePartialFailures: true,
      action: 'syncDevice',
      trigger: 'schedule',
      requestedBy: 'schedule',
      reason: 'policy change',
      priority: 'normal',
      mode: 'perDevice',
      dryRun: false,
      renudge: false,
      scope: {},
      status: 'completedWithErrors',
      createdAt: '2026-01-04T02:00:00.000Z',
      startedAt: '2026-01-04T02:00:01.000Z',
      plannedAt: '2026-01-04T02:00:03.000Z',
      completedAt: '2026-01-04T02:02:00.000Z',
      deadlineAt: '2026-01-05T02:00:00.000Z',
      totals: {
        totalDevices: 110,
        success: 100,
        error: 5,
        skipped: 3,
        cancelled: 0,
        unknown: 2,
        pending: 0,
      },
      skippedByReason: { leaving: 1, unsupportedPlatform: 2 },
      errorsByCode: { ResourceNotFound: 5 },
      batchCount: 3,
      batchesProcessed: 3,
      throttledCount: 4,
      durationMinutes: 2,
      progress: { percent: 100, devicesPerSecond: 0, estimatedCompletionAt: null },
      verification: [],
      links: { self: `/api/runs/${aRunId}`, devices: `/api/runs/${aRunId}/devices` },
      report: {
        TotalDevices: 110,
        SuccessCount: 100,
        ErrorCount: 5,
        DurationMinutes: 2,
        BatchesProcessed: 3,
      },
    });
  });

  it('that was verified says what each look found, and which are still to come', () => {
    const counts = { checkedIn: 94, byItself: 1, silent: 4, gone: 1 };
    const minutes = { medianMinutes: 4.125678, p90Minutes: 12 };
    const pass = { failures: 0, reportAttempts: 0 };
    const problem = missingPermission(['Some.Role']);
    const run = aRun({
      verification: [
        { ...pass, dueAt: start + 900_000, found: { ...counts, ...minutes, at: start + 903_000 } },
        { ...pass, dueAt: start + 3_600_000, failures: 6, problem },
        { ...pass, dueAt: start + 86_400_000 },
      ],
    });
    const unknown = { checkedIn: null, byItself: null, silent: null, gone: null };
    const none = { at: null, ...unknown, medianMinutes: null, p90Minutes: null };
    expect(runDocument(run, start).verification).toEqual([
      {
        dueAt: '2026-01-04T02:15:00.000Z',
        at: '2026-01-04T02:15:03.000Z',
        ...counts,
        medianMinutes: 4.13,
        p90Minutes: 12,
      },
      { dueAt: '2026-01-04T03:00:00.000Z', ...none, problem },
      { dueAt: '2026-01-05T02:00:00.000Z', ...none },
    ]);
  });

  it('that retries app installs says which, with what is not known as null', () => {
    const counts = { retried: 3, notRetried: 0, unknown: 1 };
    const run = aRun({
      appInstalls: {
        readAt: start,
        ...counts,
        failed: [
          {
            app: 'Contoso Mail',
            platform: 'Android',
            code: -2016330897,
            devices: 3,
            retryable: true,
          },
          { app: 'Contoso Notes', platform: '', code: 0, devices: 1 },
        ],
        isComplete: true,
      },
    });
    expect(runDocument(run, start).appInstalls).toEqual({
      readAt: '2026-01-04T02:00:00.000Z',
      ...counts,
      failed: [
        {
          app: 'Contoso Mail',
          platform: 'Android',
          signedCode: -2016330897,
          hex: '0x87D13B6F',
          retryable: true,
          devices: 3,
        },
        {
          app: 'Contoso Notes',
          platform: '',
          signedCode: null,
          hex: null,
          retryable: null,
          devices: 1,
        },
      ],
      isComplete: true,
    });
  });

  it('that goes on says how far it is and when it will be done', () => {
    const run = aRun({
      status: 'running',
      totalDevices: 100,
      totals: someTotals({ success: 40, batches: 1 }),
      samples: [
        { at: start, processed: 20 },
        { at: start + 10_000, processed: 40 },
      ],
    });
    expect(runDocument(run, start + 10_000)).toMatchObject({
      completedAt: null,
      totals: { pending: 60 },
      durationMinutes: 0.1667,
      progress: {
        percent: 40,
        devicesPerSecond: 2,
        estimatedCompletionAt: '2026-01-04T02:00:40.000Z',
      },
      report: { DurationMinutes: 0.17 },
    });
  });

  it('that was just started has null for what is not known yet', () => {
    expect(runDocument(aRun(), start)).toMatchObject({
      reason: null,
      startedAt: null,
      plannedAt: null,
      completedAt: null,
      totals: { totalDevices: 0, pending: 0 },
      progress: { percent: 0, devicesPerSecond: 0, estimatedCompletionAt: null },
    });
  });

  it('tells a choice for each device by how many have which', () => {
    const parameters = { all: 'on', each: { on: ['1', '2'], off: ['3'] } };
    expect(runDocument(aRun({ parameters }), start).parameters).toEqual({
      all: 'on',
      each: { on: 2, off: 1 },
    });
  });

  it('that has a note tells it, and otherwise has no such field', () => {
    const note = { code: 'nothing', title: 'Nothing to do', detail: 'The list is empty.' };
    expect(runDocument(aRun({ note }), start)).toMatchObject({ note });
    expect(runDocument(aRun(), start)).not.toHaveProperty('note');
  });

  it('that has a problem says which, and otherwise has no such field', () => {
    const problem = missingPermission(['Some.Role']);
    expect(runDocument(aRun({ status: 'failed', problem }), start)).toMatchObject({ problem });
    expect(runDocument(aRun(), start)).not.toHaveProperty('problem');
  });
});

import type { Run } from '../../../dev/demo/run.ts';

/** A run of 300 devices that ended well, with errors and skipped devices. */
export function aRun(changes: Partial<Run> = {}): Run {
  return {
    id: '8204751514186-8478ac1b',
    status: 'completedWithErrors',
    mode: 'perDevice',
    totals: {
      totalDevices: 300,
      success: 276,
      error: 4,
      skipped: 20,
      cancelled: 0,
      unknown: 0,
      pending: 0,
    },
    skippedByReason: { unsupportedAgent: 8, unsupportedPlatform: 12 },
    errorsByCode: { failed: 1, notFound: 3 },
    batchCount: 6,
    batchesProcessed: 6,
    throttledCount: 2,
    durationMinutes: 0.625,
    progress: { percent: 100, devicesPerSecond: 0, estimatedCompletionAt: null },
    ...changes,
  };
}

/** The same run, half-way. */
export function aRunningRun(): Run {
  const totals = { ...aRun().totals, success: 130, error: 0, pending: 150 };
  const estimatedCompletionAt = '2026-11-21T08:00:18.000Z';
  const progress = { percent: 50, devicesPerSecond: 8.07, estimatedCompletionAt };
  return aRun({ status: 'running', totals, progress, batchesProcessed: 3 });
}

/** The metrics that fit `aRun()`. */
export const itsMetrics = {
  TotalDevices: 300,
  SuccessCount: 276,
  ErrorCount: 4,
  Duration: 37.503,
  SkippedCount: 20,
  UnknownCount: 0,
  BatchesProcessed: 6,
  ThrottledCount: 2,
  ErrorRatePercent: 4 / 3,
};

import type { Run } from '../../../src/cli/api/run-document.ts';

export const runId = '8204751514186-8478ac1b';
export const planId = '8204751514999-00c0ffee';
export const retryId = '8204751510000-0000beef';

/** What the API answers for a run of 300 devices that ended with errors. */
export function aRun(changes: Partial<Run> = {}): Run {
  return {
    id: runId,
    action: 'syncDevice',
    trigger: 'http',
    requestedBy: 'functionKey',
    reason: 'drill',
    priority: 'normal',
    mode: 'perDevice',
    dryRun: false,
    scope: {},
    status: 'completedWithErrors',
    createdAt: '2026-11-21T08:00:00.000Z',
    startedAt: '2026-11-21T08:00:00.000Z',
    plannedAt: '2026-11-21T08:00:02.000Z',
    completedAt: '2026-11-21T08:00:37.500Z',
    deadlineAt: '2026-11-22T08:00:00.000Z',
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
    verification: [],
    links: { self: `/api/runs/${runId}` },
    ...changes,
  };
}

/** The same run when it ended without an error. */
export function aGoodRun(changes: Partial<Run> = {}): Run {
  const totals = { ...aRun().totals, success: 280, error: 0 };
  return aRun({ status: 'completed', totals, errorsByCode: {}, ...changes });
}

/** The same run, half-way. */
export function aRunningRun(changes: Partial<Run> = {}): Run {
  const totals = { ...aRun().totals, success: 130, error: 0, pending: 150 };
  const estimatedCompletionAt = '2026-11-21T08:00:18.000Z';
  const progress = { percent: 50, devicesPerSecond: 8.07, estimatedCompletionAt };
  return aRun({ status: 'running', totals, progress, batchesProcessed: 3, ...changes });
}

/** A dry run that ended with a plan for so many devices. */
export function aPlan(devices: number, changes: Partial<Run> = {}): Run {
  const totals = { ...aRun().totals, totalDevices: devices + 20, success: 0, error: 0 };
  return aRun({
    id: planId,
    status: 'planned',
    dryRun: true,
    totals: { ...totals, pending: devices },
    errorsByCode: {},
    plan: {
      devices,
      byPlatform: { windows: devices - 1, iOS: 1 },
      byReason: { unsupportedAgent: 8, unsupportedPlatform: 12 },
      calls: Math.ceil(devices / 20),
      estimatedSeconds: devices / 8,
      sample: {
        byPlatform: {
          windows: [
            { deviceId: '00000000-0000-4000-8000-000000000001', deviceName: 'PC-1' },
            { deviceId: '00000000-0000-4000-8000-000000000002', deviceName: 'PC-2' },
          ],
          iOS: [{ deviceId: '00000000-0000-4000-8000-000000000003', deviceName: 'PHONE' }],
        },
        byReason: {},
      },
    },
    ...changes,
  });
}

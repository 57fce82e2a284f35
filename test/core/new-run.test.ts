import { expect, it } from 'vitest';
import { newRun } from '../../src/core/new-run.ts';
import { noTotals } from '../../src/core/totals.ts';
import { aRunId, startOfTest as now } from '../support/factories.ts';

it('a new run waits for its plan, with everything at zero and its deadline set', () => {
  const request = {
    action: 'syncDevice',
    trigger: 'http',
    requestedBy: 'functionKey',
    reason: 'drill',
  } as const;
  expect(newRun(aRunId, request, now, 3_600_000)).toEqual({
    id: aRunId,
    action: 'syncDevice',
    trigger: 'http',
    requestedBy: 'functionKey',
    reason: 'drill',
    priority: 'normal',
    mode: 'perDevice',
    dryRun: false,
    status: 'planning',
    createdAt: now,
    deadlineAt: now + 3_600_000,
    planAliveAt: now,
    enqueuedThrough: 0,
    batchCount: 0,
    skippedByReason: {},
    foldedThrough: 0,
    folded: noTotals,
    totals: noTotals,
    totalDevices: 0,
    samples: [],
    reportAttempts: 0,
  });
});

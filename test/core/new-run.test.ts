import { expect, it } from 'vitest';
import { newRun } from '../../src/core/new-run.ts';
import { noTotals } from '../../src/core/totals.ts';
import { aRunId, startOfTest as now } from '../support/factories.ts';

const request = {
  action: 'syncDevice',
  trigger: 'http',
  requestedBy: 'functionKey',
  reason: 'drill',
} as const;

it('a new run waits for its plan, with everything at zero and its deadline set', () => {
  expect(newRun(aRunId, request, now, 3_600_000)).toEqual({
    id: aRunId,
    parameters: {},
    ignorePartialFailures: true,
    action: 'syncDevice',
    trigger: 'http',
    requestedBy: 'functionKey',
    reason: 'drill',
    priority: 'normal',
    mode: 'perDevice',
    dryRun: false,
    scope: {},
    skip: {},
    strict: false,
    source: { kind: 'scope' },
    retriedBy: [],
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
    verification: [],
  });
});

it('a new run keeps everything that was asked for', () => {
  const wanted = {
    priority: 'urgent',
    dryRun: true,
    scope: { platforms: ['windows'] },
    skip: { staleDays: 30 },
    strict: true,
    maxDevices: 10,
    source: { kind: 'retry', runId: aRunId, outcomes: ['failed'] },
  } as const;
  expect(newRun(aRunId, { ...request, ...wanted }, now, 3_600_000)).toMatchObject(wanted);
});

it('a new run is closed after the time that was asked for, else after that of the setting', () => {
  const run = newRun(aRunId, { ...request, timeoutMs: 60_000 }, now, 3_600_000);
  expect(run.deadlineAt).toBe(now + 60_000);
  expect(run).not.toHaveProperty('timeoutMs');
});

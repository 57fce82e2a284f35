import { describe, expect, it } from 'vitest';
import { fromRunEntity, toRunEntity } from '../../../src/adapters/table/run-entity.ts';
import type { Run } from '../../../src/core/run.ts';
import { missingPermission } from '../../../src/core/problems.ts';
import { summarizePlan } from '../../../src/core/plan-summary.ts';
import {
  aBatchDevice,
  aDeviceId,
  aRun,
  aRunId,
  batchDevices,
  someTotals,
  startOfTest as now,
} from '../../support/factories.ts';

/** A run in which every property is set. */
const full: Run = aRun({
  trigger: 'http',
  requestedBy: 'functionKey',
  reason: 'policy change',
  priority: 'urgent',
  dryRun: true,
  scope: { platforms: ['windows'], exclude: { deviceNames: ['*"quoted"*'] } },
  skip: { syncedWithinMinutes: 15, enrolledWithinHours: 2, staleDays: 30 },
  strict: true,
  parameters: { endpoint: 'comanaged', choice: { quickScan: [aDeviceId(1), aDeviceId(2)] } },
  ignorePartialFailures: false,
  note: { code: 'nothing', title: 'Nothing to do', detail: 'The list is empty.' },
  appInstalls: {
    readAt: now,
    ...{ retried: 3, notRetried: 2, unknown: 1 },
    failed: [
      { app: 'Contoso Mail', platform: 'Android', code: -2016330897, devices: 3, retryable: true },
      { app: 'Contoso Notes', platform: '', code: 0, devices: 1 },
    ],
    isComplete: false,
    problem: missingPermission(['Some.Role']),
  },
  maxDevices: 5_000,
  source: { kind: 'retry', runId: aRunId, outcomes: ['failed', 'unknown'] },
  plan: summarizePlan(
    { devices: batchDevices(3), skipped: [{ ...aBatchDevice(), reason: 'leaving' }] },
    { batchSize: 50, writesPerSecond: 8, batchDelayMs: 0 },
  ),
  usedBy: '8232507999998-00000001',
  retriedBy: ['8232507999997-00000002'],
  status: 'failed',
  stop: { status: 'failed', at: now + 1 },
  problem: missingPermission(['Some.Role']),
  startedAt: now + 2,
  plannedAt: now + 3,
  completedAt: now + 4,
  plannedBy: 'message-1',
  enqueuedThrough: 40,
  batchCount: 41,
  skippedByReason: { leaving: 2 },
  foldedThrough: 39,
  folded: someTotals({ success: 1_950, batches: 39 }),
  totals: someTotals({ success: 1_990, error: 10, batches: 40, errorsByCode: { timeout: 10 } }),
  lastFinishedAt: now + 5,
  totalDevices: 2_002,
  samples: [{ at: now, processed: 100 }],
  monitorMessageId: 'message-2',
  monitoredAt: now + 6,
  reportedAt: now + 7,
  reportAttempts: 2,
  reportRetryAt: now + 40_000,
  notice: { attempts: 1, nextAt: now + 8, isOver: true },
  monitorDueAt: now + 8,
  verification: [
    {
      dueAt: now + 9,
      found: {
        at: now + 10,
        checkedIn: 90,
        byItself: 1,
        silent: 8,
        gone: 1,
        medianMinutes: 4.5,
        p90Minutes: 30,
      },
      failures: 1,
      retryAt: now + 11,
      reportedAt: now + 12,
      reportAttempts: 1,
    },
    {
      dueAt: now + 13,
      failures: 6,
      problem: missingPermission(['Some.Role']),
      reportAttempts: 0,
    },
  ],
  verifiedBy: 'message-3',
  verifyAliveAt: now + 14,
  renudge: true,
  renudgedAt: now + 15,
});

/** Metrics handed over, and a notice that is over or not. */
function toldOf(isOver: boolean) {
  return { reportedAt: now, notice: { attempts: 1, nextAt: now, isOver } };
}

describe('a run in its row', () => {
  it.each([
    ['has just been started', aRun()],
    ['has everything set', full],
    ['runs a plan', aRun({ source: { kind: 'plan', runId: aRunId } })],
  ])('that %s comes back as it was', (_, run) => {
    expect(fromRunEntity(toRunEntity(run))).toEqual(run);
  });

  it('can be read by people: times as text, structures as JSON', () => {
    expect(toRunEntity(full)).toMatchObject({
      partitionKey: 'run',
      rowKey: aRunId,
      status: 'failed',
      createdAt: '2026-01-04T02:00:00.000Z',
      skippedByReason: '{"leaving":2}',
    });
  });

  it('fits into the row of Azure with a scope of 10,000 ids, which Azurite would not notice', () => {
    const deviceIds = Array.from({ length: 10_000 }, (_, number) => aDeviceId(number));
    const row = toRunEntity({ ...full, scope: { deviceIds } });
    // 1 MiB, 252 properties and 64 KiB each, in UTF-16: Table storage's data model.
    const sizes = Object.values(row).map((value) => String(value).length * 2);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024);
    expect(sizes.length).toBeLessThanOrEqual(252);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1024 * 1024);
  });

  it('fits with a choice for each of 5,000 devices, and comes back', () => {
    const deviceIds = Array.from({ length: 5_000 }, (_, number) => aDeviceId(number));
    const run = { ...full, scope: { deviceIds }, parameters: { choice: { quickScan: deviceIds } } };
    const row = toRunEntity(run);
    const sizes = Object.values(row).map((value) => String(value).length * 2);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1024 * 1024);
    expect(fromRunEntity(row)).toEqual(run);
  });

  it('that an earlier version wrote has no parameters, and ignores partial failures', () => {
    const isNew = (name: string) => ['parameters', 'ignorePartialFailures'].includes(name);
    const row = Object.entries(toRunEntity(aRun()));
    const earlier = Object.fromEntries(row.filter(([name]) => !isNew(name)));
    expect(fromRunEntity(earlier)).toEqual(aRun());
  });

  it.each<[string, Partial<Run>, boolean]>([
    ['planning', { status: 'planning' }, true],
    ['running', { status: 'running' }, true],
    ['failed, its metrics not handed over', { status: 'failed' }, true],
    ['failed, its metrics handed over', { status: 'failed', reportedAt: now }, false],
    ['failed, its notice still to be sent', { ...toldOf(false), status: 'failed' }, true],
    ['failed, its notice sent', { ...toldOf(true), status: 'failed' }, false],
    [
      'to be verified',
      {
        status: 'completed',
        reportedAt: now,
        verification: [{ dueAt: now, failures: 0, reportAttempts: 0 }],
      },
      true,
    ],
  ])('that is %s is to be looked after: %s', (_, overrides, unfinished) => {
    expect(toRunEntity(aRun(overrides))).toMatchObject({ unfinished });
  });

  it('that was written before there were verifications has none', () => {
    const { verification: _verification, ...older } = toRunEntity(aRun());
    expect(fromRunEntity(older)).toEqual(aRun());
  });

  it.each([{ status: 'odd' }, { createdAt: undefined }, { totals: '{}' }, { action: 'wipe' }])(
    'with %j was not written by this app and is refused',
    (foreign) => {
      expect(() => fromRunEntity({ ...toRunEntity(full), ...foreign })).toThrow();
    },
  );
});

import { describe, expect, it } from 'vitest';
import { exchangeConnectorSync } from '../../src/core/actions/exchange-connector-sync.ts';
import { paceFor, plannedRun } from '../../src/core/planned-run.ts';
import { aBatchDevice, aRun, startOfTest as now, syncCommand } from '../support/factories.ts';

const pace = { batchSize: 50, batchDelayMs: 0, writesPerSecond: 8 };
const connectors = exchangeConnectorSync.command({ syncType: 'fullSync' });
const devices = [aBatchDevice()];

describe('the pace of a command', () => {
  it('is that of the budget, by what a request costs of it', () => {
    expect(paceFor(syncCommand, pace)).toEqual(pace);
    expect(paceFor(connectors, pace)).toEqual({ ...pace, writesPerSecond: 4 });
  });
});

describe('a run whose plan is made', () => {
  it('is running, with what was counted', () => {
    const skipped = [{ ...aBatchDevice(), reason: 'leaving' }];
    const work = { plan: { devices, skipped }, command: syncCommand, pace };
    expect(plannedRun(work, 1, now)(aRun())).toEqual({
      ...aRun(),
      status: 'running',
      plannedAt: now,
      batchCount: 1,
      totalDevices: 2,
      skippedByReason: { leaving: 1 },
      samples: [{ at: now, processed: 0 }],
    });
  });

  it('is over when it is dry, and has no metrics to hand over', () => {
    const work = { plan: { devices, skipped: [] }, command: syncCommand, pace };
    expect(plannedRun(work, 1, now)(aRun({ dryRun: true }))).toMatchObject({
      status: 'planned',
      completedAt: now,
      reportedAt: now,
      plan: { devices: 1, calls: 1 },
    });
  });

  it.each([
    ['tells what an empty list of targets means', [], connectors, 'noExchangeConnectors'],
    ['tells nothing of a list that has some', devices, connectors, undefined],
    ['tells nothing of a scope without devices', [], syncCommand, undefined],
  ])('%s', (_, found, command, code) => {
    const work = { plan: { devices: found, skipped: [] }, command, pace };
    expect(plannedRun(work, found.length, now)(aRun()).note?.code).toBe(code);
  });
});

import { describe, expect, it } from 'vitest';
import type { DeviceReport, ReportedOutcome } from '../../src/core/device-report.ts';
import { silenceTally } from '../../src/core/silence.ts';
import { aDeviceId } from '../support/factories.ts';

const report = (number: number, outcome: ReportedOutcome): DeviceReport => ({
  deviceId: aDeviceId(number),
  deviceName: `WS-${number}`,
  platform: 'windows',
  outcome,
  attempts: 1,
});

type Outcomes = readonly (ReportedOutcome | undefined)[];

/** Whether a device counts as silent that had these outcomes, newest run first. */
function isSilent(outcomes: Outcomes, runs: number, counts = () => true): boolean {
  const tally = silenceTally(runs);
  for (const [run, outcome] of outcomes.entries()) {
    if (outcome !== undefined) tally.add(`run-${run}`, report(1, outcome), counts());
  }
  return tally.silent().length === 1;
}

describe('a device', () => {
  it.each<[Outcomes, number, boolean]>([
    [['silent', 'silent', 'silent'], 3, true],
    [['silent', 'silent'], 3, false],
    [['silent'], 1, true],
    [['silent', 'silent', 'checkedIn'], 2, true],
    [['checkedIn', 'silent', 'silent'], 2, false],
    [['silent', 'checkedIn', 'silent'], 2, false],
    [['silent', undefined, 'silent'], 2, true],
    [['gone', 'silent', 'silent'], 2, false],
    [['silent', 'accepted', 'silent'], 2, true],
  ])('with the outcomes %j, newest first, is silent in the last %d: %s', (outcomes, runs, is) => {
    expect(isSilent(outcomes, runs)).toBe(is);
  });

  it('is not silent by a run whose silence does not count', () => {
    expect(isSilent(['silent', 'silent'], 2, () => false)).toBe(false);
  });

  it('that checked in by a run whose silence does not count is not silent', () => {
    expect(isSilent(['checkedIn', 'silent'], 1, () => false)).toBe(false);
  });
});

describe('the tally', () => {
  it('is open while an older run can decide about a device', () => {
    const tally = silenceTally(2);
    expect(tally.isOpen()).toBe(false);
    tally.add('run-1', report(1, 'silent'), true);
    expect(tally.isOpen()).toBe(true);
    tally.add('run-2', report(1, 'silent'), true);
    expect(tally.isOpen()).toBe(false);
  });

  it('has the devices by their ids, as the newest run knew them', () => {
    const tally = silenceTally(2);
    const previousCheckInAt = '2026-01-01T00:00:00.000Z';
    const known = { ...report(2, 'silent'), ownership: 'personal', previousCheckInAt };
    for (const newest of [known, report(1, 'silent')]) tally.add('run-1', newest, true);
    for (const number of [1, 2]) tally.add('run-2', report(number, 'silent'), true);
    const device = { platform: 'windows', runId: 'run-1' };
    expect(tally.silent()).toEqual([
      { ...device, deviceId: aDeviceId(1), deviceName: 'WS-1' },
      {
        ...device,
        deviceId: aDeviceId(2),
        deviceName: 'WS-2',
        ownership: 'personal',
        lastCheckInAt: previousCheckInAt,
      },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  type DeviceReport,
  type ReportedOutcome,
  deviceOutcomes,
  toPlannedDevice,
  toSkippedDevice,
} from '../../src/core/device-report.ts';
import { skipReasons } from '../../src/core/skip-rules.ts';
import { aBatchDevice, aDeviceId } from '../support/factories.ts';

/** What a run reports of the device of `aBatchDevice`. */
function aReport(overrides: Partial<DeviceReport> = {}): DeviceReport {
  return {
    deviceId: aDeviceId(),
    deviceName: 'WS-000001',
    platform: 'windows',
    outcome: 'planned',
    attempts: 0,
    previousCheckInAt: '2026-01-03T02:00:00.000Z',
    ...overrides,
  };
}

describe('a reported device, planned again', () => {
  const sentTo = deviceOutcomes.filter((outcome) => outcome !== 'notFound');

  it.each<ReportedOutcome>(sentTo)('gets a command whatever became of it: %s', (outcome) => {
    const history = { code: 'timeout', attempts: 6, requestId: 'r1', message: 'no answer' };
    expect(toPlannedDevice(aReport({ outcome, ...history }))).toEqual(aBatchDevice());
  });

  it('that no device has is not found once more, with its code', () => {
    const report = aReport({ outcome: 'notFound', code: 'notFound', deviceName: '', platform: '' });
    expect(toPlannedDevice(report)).toEqual({
      ...aBatchDevice({ name: '', platform: '' }),
      result: { outcome: 'notFound', code: 'notFound' },
    });
    const { code: _code, ...withoutCode } = report;
    expect(toPlannedDevice(withoutCode).result).toEqual({ outcome: 'notFound' });
  });

  it('that never checked in still never did', () => {
    const { previousCheckInAt: _at, ...report } = aReport();
    expect(toPlannedDevice(report)).toEqual(aBatchDevice({ lastSyncAt: undefined }));
  });
});

describe('a reported device that was skipped', () => {
  it.each([...skipReasons, 'unsupportedAgent'])('is skipped for the same reason: %s', (reason) => {
    const report = aReport({ outcome: 'skipped', reason });
    expect(toSkippedDevice(report)).toEqual({ ...aBatchDevice(), reason });
  });

  it.each<Partial<DeviceReport>>([
    { outcome: 'planned' },
    { outcome: 'accepted', reason: 'leaving' },
    { outcome: 'skipped' },
  ])('is none with %j', (overrides) => {
    expect(toSkippedDevice(aReport(overrides))).toBeUndefined();
  });
});

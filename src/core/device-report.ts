import type { SendMode } from './batch.ts';
import type { PlannedDevice, SkippedDevice } from './plan.ts';

/** Everything that can become of a device in a run. */
export const deviceOutcomes = [
  'planned',
  'accepted',
  'skipped',
  'notFound',
  'notSupported',
  'failed',
  'cancelled',
  'unknown',
  'checkedIn',
  'silent',
  'gone',
] as const;

export type ReportedOutcome = (typeof deviceOutcomes)[number];

/** What a run reports of one device. Times are ISO 8601 in UTC. */
export interface DeviceReport {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly platform: string;
  readonly outcome: ReportedOutcome;
  readonly reason?: string;
  readonly code?: string;
  readonly message?: string;
  readonly attempts: number;
  /** How the command went that led to the outcome. */
  readonly sentBy?: SendMode;
  readonly requestId?: string;
  readonly acceptedAt?: string;
  readonly previousCheckInAt?: string;
  /** The last check-in after the run began, as the verification that found it saw it. */
  readonly checkedInAt?: string;
  /** `company`, `personal`, `unknown`; known once the device was verified. */
  readonly ownership?: string;
}

/** The device as a new run plans it: with its result when it was known without a command. */
export function toPlannedDevice(report: DeviceReport): PlannedDevice {
  const { deviceId: id, deviceName: name, platform, outcome, code, previousCheckInAt } = report;
  const lastSyncAt = previousCheckInAt === undefined ? undefined : Date.parse(previousCheckInAt);
  const device = { id, name, platform, lastSyncAt };
  if (outcome !== 'notFound') return device;
  return { ...device, result: { outcome, ...(code === undefined ? {} : { code }) } };
}

/** The skipped device of a report; `undefined` for a device that was not skipped. */
export function toSkippedDevice(report: DeviceReport): SkippedDevice | undefined {
  const { result: _result, ...device } = toPlannedDevice(report);
  const { outcome, reason } = report;
  return outcome === 'skipped' && reason !== undefined ? { ...device, reason } : undefined;
}

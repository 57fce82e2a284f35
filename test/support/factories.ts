import { syncDevice } from '../../src/core/actions/sync-device.ts';
import type { Alert } from '../../src/core/alert.ts';
import type { AlertRules } from '../../src/core/alert-rule.ts';
import { type Batch, type BatchSummary, pendingBatch } from '../../src/core/batch.ts';
import type { BatchDevice, ListedDevice } from '../../src/core/device.ts';
import { newRun } from '../../src/core/new-run.ts';
import { newRunId } from '../../src/core/run-id.ts';
import type { Run } from '../../src/core/run.ts';
import { type Totals, noTotals } from '../../src/core/totals.ts';

/** The moment at which things happen in tests: a Sunday at 02:00 UTC, ms since the epoch. */
export const startOfTest = Date.UTC(2026, 0, 4, 2);

/** The run that `aRun`, `aBatch` and their like belong to unless told otherwise. */
export const aRunId = newRunId(startOfTest, () => 0.5);

/** A run id that no other test has, for tests that share a storage account. */
export function aNewRunId(): string {
  return newRunId(Date.now(), Math.random);
}

/** A GUID made of a small number, in lower case as the app keeps device ids. */
export function aDeviceId(number = 1): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** What a run sends unless told otherwise. */
export const syncCommand = syncDevice.command({});

/** A scheduled run that has just been started and has no plan yet. */
export function aRun(overrides: Partial<Run> = {}): Run {
  const request = { action: 'syncDevice', trigger: 'schedule', requestedBy: 'schedule' } as const;
  return { ...newRun(aRunId, request, startOfTest, 24 * 3_600_000), ...overrides };
}

/** An alert of the rule `compromised-policy` that fired at the start of the test. */
export function anAlert(overrides: Partial<Alert> = {}): Alert {
  const firedAt = new Date(startOfTest).toISOString();
  return { id: 'alert-1', rule: 'compromised-policy', condition: 'fired', firedAt, ...overrides };
}

/** Alert rules with the given names, each for the whole fleet and with a cool-down of an hour. */
export function alertRules(...names: string[]): AlertRules {
  return new Map(names.map((name) => [name, { name, run: {}, cooldownMs: 3_600_000 }]));
}

/** A Windows device that a command can be sent to, listed a day after its last check-in. */
export function aDevice(overrides: Partial<ListedDevice> = {}): ListedDevice {
  return {
    id: aDeviceId(),
    name: 'WS-000001',
    operatingSystem: 'Windows',
    osVersion: '10.0.26100.1',
    ownership: 'company',
    complianceState: 'compliant',
    registrationState: 'registered',
    serialNumber: 'SN000001',
    userPrincipalName: 'user1@example.com',
    userId: '',
    entraDeviceId: '',
    manufacturer: 'Contoso',
    model: 'Model 1',
    category: '',
    enrolledAt: undefined,
    managementAgent: 'mdm',
    managementState: 'managed',
    lastSyncAt: startOfTest - 24 * 3_600_000,
    ...overrides,
  };
}

/** The same device as a batch keeps it. */
export function aBatchDevice(overrides: Partial<BatchDevice> = {}): BatchDevice {
  const { id, name, lastSyncAt } = aDevice();
  return { id, name, platform: 'windows', lastSyncAt, ...overrides };
}

/** `count` devices with different ids and names. */
export function batchDevices(count: number): BatchDevice[] {
  return Array.from({ length: count }, (_, place) =>
    aBatchDevice({ id: aDeviceId(place + 1), name: `WS-${String(place + 1).padStart(6, '0')}` }),
  );
}

/** A pending batch of three devices, due now, that nobody has taken yet. */
export function aBatch(overrides: Partial<Batch> = {}): Batch {
  const devices = overrides.devices ?? batchDevices(3);
  return { ...pendingBatch(aRunId, 0, devices, startOfTest), ...overrides };
}

/** Totals with the given counts; what is not given is 0. */
export function someTotals(counts: Partial<Totals> = {}): Totals {
  return { ...noTotals, ...counts };
}

/** A pending batch as the monitor sees it, due now. */
export function aBatchSummary(overrides: Partial<BatchSummary> = {}): BatchSummary {
  return {
    number: 0,
    status: 'pending',
    scheduledAt: startOfTest,
    dueAt: startOfTest,
    requeues: 0,
    totals: someTotals({ batches: 1 }),
    ...overrides,
  };
}

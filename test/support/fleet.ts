import type { ListedDevice } from '../../src/core/device.ts';

/** The id of the nth device of a test fleet. */
export function deviceId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** A fleet of Windows devices that can all be synced, the first one the stalest. */
export function aFleet(count: number, overrides: Partial<ListedDevice> = {}): ListedDevice[] {
  return Array.from({ length: count }, (_, n) => ({
    id: deviceId(n),
    name: `WS-${n}`,
    operatingSystem: 'Windows',
    osVersion: '10.0.26100.1',
    ownership: 'company',
    complianceState: 'compliant',
    managementAgent: 'mdm',
    managementState: 'managed',
    registrationState: 'registered',
    serialNumber: `SN${n}`,
    userPrincipalName: `user${n}@example.com`,
    userId: '',
    entraDeviceId: '',
    manufacturer: 'Contoso',
    model: 'Model 1',
    category: '',
    enrolledAt: Date.UTC(2025, 0, 1),
    lastSyncAt: Date.UTC(2026, 9, 1) + n * 60_000,
    ...overrides,
  }));
}

import type { ScopeSubject } from '../../../src/core/match-scope.ts';
import { aDeviceId, startOfTest } from '../../support/factories.ts';

export const DAY_MS = 24 * 3_600_000;

/** A compliant Windows device of the company, as a scope sees it. */
export function aSubject(overrides: Partial<ScopeSubject> = {}): ScopeSubject {
  return {
    id: aDeviceId(),
    name: 'WS-000001',
    serialNumber: '5CG1234XYZ',
    userPrincipalName: 'kim@contoso.com',
    operatingSystem: 'Windows',
    ownership: 'company',
    complianceState: 'compliant',
    managementAgent: 'mdm',
    manufacturer: 'Dell Inc.',
    model: 'Latitude 7440',
    category: 'Kiosk',
    osVersion: '10.0.26100.2314',
    lastSyncAt: startOfTest - DAY_MS,
    enrolledAt: startOfTest - 100 * DAY_MS,
    entraDeviceId: '11111111-0000-4000-8000-000000000001',
    userId: '22222222-0000-4000-8000-000000000001',
    ...overrides,
  };
}

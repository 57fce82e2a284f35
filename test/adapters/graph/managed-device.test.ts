import { describe, expect, it } from 'vitest';
import { deviceSchema, selectedProperties } from '../../../src/adapters/graph/managed-device.ts';
import { absent, conformance } from '../../support/conformance.ts';

const wire = {
  id: 'ABCDEF00-0000-4000-8000-000000000001',
  deviceName: 'WS-000001',
  operatingSystem: 'Windows',
  osVersion: '10.0.26100.1',
  managedDeviceOwnerType: 'company',
  complianceState: 'compliant',
  managementAgent: 'mdm',
  managementState: 'managed',
  deviceRegistrationState: 'registered',
  serialNumber: 'SN000001',
  userPrincipalName: 'user1@example.com',
  userId: '22222222-0000-4000-8000-000000000001',
  azureADDeviceId: '11111111-0000-4000-8000-000000000001',
  manufacturer: 'Contoso',
  model: 'Model 1',
  deviceCategoryDisplayName: 'Kiosk',
  lastSyncDateTime: '2026-01-03T02:00:00Z',
  enrolledDateTime: '2025-06-01T12:00:00Z',
};

/** The device as it is known without any property but its id. */
const bare = {
  id: 'abcdef00-0000-4000-8000-000000000001',
  name: '',
  operatingSystem: '',
  osVersion: '',
  ownership: '',
  complianceState: '',
  managementAgent: '',
  managementState: '',
  registrationState: '',
  serialNumber: '',
  userPrincipalName: '',
  userId: '',
  entraDeviceId: '',
  manufacturer: '',
  model: '',
  category: '',
  lastSyncAt: undefined,
  enrolledAt: undefined,
};

/** The device that is listed with these properties. */
const listed = (properties: object) => deviceSchema.parse({ ...wire, ...properties });

const names = Object.keys(wire).filter((name) => name !== 'id');

describe('a managed device', () => {
  it('is read as the app knows it', () => {
    expect(listed({})).toEqual({
      id: 'abcdef00-0000-4000-8000-000000000001',
      name: 'WS-000001',
      operatingSystem: 'Windows',
      osVersion: '10.0.26100.1',
      ownership: 'company',
      complianceState: 'compliant',
      managementAgent: 'mdm',
      managementState: 'managed',
      registrationState: 'registered',
      serialNumber: 'SN000001',
      userPrincipalName: 'user1@example.com',
      userId: '22222222-0000-4000-8000-000000000001',
      entraDeviceId: '11111111-0000-4000-8000-000000000001',
      manufacturer: 'Contoso',
      model: 'Model 1',
      category: 'Kiosk',
      lastSyncAt: Date.UTC(2026, 0, 3, 2),
      enrolledAt: Date.UTC(2025, 5, 1, 12),
    });
  });

  it.each([
    ['0001-01-01T00:00:00Z', undefined],
    [null, undefined],
    ['', undefined],
    ['never', undefined],
    ['2026-01-03T02:00:00.1234567Z', Date.UTC(2026, 0, 3, 2, 0, 0, 123)],
  ])('whose dates are %j checked in and was enrolled at %j', (dateTime, at) => {
    const device = listed({ lastSyncDateTime: dateTime, enrolledDateTime: dateTime });
    expect(device).toMatchObject({ lastSyncAt: at, enrolledAt: at });
  });

  it.each([null, undefined, 5, {}])('may have no text but its id: %j', (value) => {
    expect(listed(Object.fromEntries(names.map((name) => [name, value])))).toEqual(bare);
  });

  it.each([
    null,
    'WS-000001',
    { ...wire, id: undefined },
    { ...wire, id: 'x' },
    { ...wire, id: 5 },
  ])('is none without an id, so that no device is dropped without a word: %j', (value) => {
    expect(deviceSchema.safeParse(value).success).toBe(false);
  });

  it.each(['../users', `${wire.id}/wipe`, `${wire.id}?x`, `${wire.id}\n`, '{id}'])(
    'has no id that leads elsewhere in an address: %j',
    (id) => {
      expect(deviceSchema.safeParse({ ...wire, id }).success).toBe(false);
    },
  );

  it('is asked for by the properties that are read', () => {
    expect(selectedProperties.toSorted()).toEqual(Object.keys(wire).toSorted());
  });

  it('is asked for by properties that Microsoft Graph has', ({ skip }) => {
    const file = conformance('graph/openapi-v1.0-excerpt.json') ?? skip(absent);
    const text = JSON.stringify(file);
    // The description is older than this property.
    const known = selectedProperties.filter((name) => name !== 'managementState');
    expect(known.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
  });
});

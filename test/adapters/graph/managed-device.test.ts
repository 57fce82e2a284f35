import { describe, expect, it } from 'vitest';
import {
  pageSchema,
  selectedProperties,
  toListedDevice,
} from '../../../src/adapters/graph/managed-device.ts';
import { absent, conformance } from '../../support/conformance.ts';

const wire = {
  id: 'ABCDEF00-0000-4000-8000-000000000001',
  deviceName: 'WS-000001',
  operatingSystem: 'Windows',
  managementAgent: 'mdm',
  managementState: 'managed',
  lastSyncDateTime: '2026-01-03T02:00:00Z',
};

/** The device that a page with these properties lists. */
function listed(properties: object) {
  const page = pageSchema.parse({ value: [{ ...wire, ...properties }] });
  return page.value.map(toListedDevice)[0];
}

describe('a managed device', () => {
  it('is read as the app knows it', () => {
    expect(listed({})).toEqual({
      id: 'abcdef00-0000-4000-8000-000000000001',
      name: 'WS-000001',
      operatingSystem: 'Windows',
      managementAgent: 'mdm',
      managementState: 'managed',
      lastSyncAt: Date.UTC(2026, 0, 3, 2),
    });
  });

  it.each([
    ['0001-01-01T00:00:00Z', undefined],
    [null, undefined],
    ['', undefined],
    ['never', undefined],
    ['2026-01-03T02:00:00.1234567Z', Date.UTC(2026, 0, 3, 2, 0, 0, 123)],
  ])('whose last check-in is %j checked in at %j', (lastSyncDateTime, lastSyncAt) => {
    expect(listed({ lastSyncDateTime })?.lastSyncAt).toBe(lastSyncAt);
  });

  it.each([null, undefined])('may leave out every property but its id: %j', (value) => {
    const names = Object.keys(wire).filter((name) => name !== 'id');
    expect(listed(Object.fromEntries(names.map((name) => [name, value])))).toEqual({
      id: 'abcdef00-0000-4000-8000-000000000001',
      name: '',
      operatingSystem: '',
      managementAgent: '',
      managementState: '',
      lastSyncAt: undefined,
    });
  });

  it.each([{ id: undefined }, { id: 'x' }, { id: '../users' }, { deviceName: 5 }])(
    'with %j makes its page unreadable: no device is dropped without a word',
    (properties) => {
      expect(pageSchema.safeParse({ value: [wire, { ...wire, ...properties }] }).success).toBe(
        false,
      );
    },
  );

  it('is asked for by properties that Microsoft Graph has', ({ skip }) => {
    const file = conformance('graph/openapi-v1.0-excerpt.json') ?? skip(absent);
    const text = JSON.stringify(file);
    // The description is older than this property (facts on Graph, section 7).
    const known = selectedProperties.filter((name) => name !== 'managementState');
    expect(known.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
  });
});

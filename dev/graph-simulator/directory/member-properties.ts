import type { DeviceProperties } from '../fleet/device-properties.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { createGuids } from '../guid.ts';
import type { PropertyReader } from '../odata/read-entity.ts';
import type { GroupSettings } from './group-options.ts';
import type { MemberKind } from './groups.ts';

/** Readers of Entra ID's own objects by kind and property name. */
export type MemberProperties = Readonly<Record<MemberKind, ReadonlyMap<string, PropertyReader>>>;

/**
 * The `device`, `user` and `group` of Entra ID, with the properties that a client of this project
 * could want. A device has two ids: `id` is the object's, `deviceId` is the one that Intune reports
 * as `azureADDeviceId`.
 */
export function createMemberProperties(
  fleet: Fleet,
  managed: DeviceProperties,
  groups: readonly GroupSettings[],
): MemberProperties {
  return {
    device: deviceReaders(fleet, managed),
    user: userReaders(fleet),
    group: new Map<string, PropertyReader>([
      ['id', (index) => groups[index]?.id],
      ['deletedDateTime', () => null],
      ['displayName', (index) => groups[index]?.displayName ?? `Group ${index + 1}`],
      ['mailEnabled', () => false],
      ['securityEnabled', () => true],
    ]),
  };
}

function deviceReaders(fleet: Fleet, managed: DeviceProperties): Map<string, PropertyReader> {
  const objectIds = createGuids(fleet.settings.seed, 'entraObject');
  const same = (name: string): PropertyReader => managed.get(name) ?? (() => null);
  return new Map<string, PropertyReader>([
    ['id', (index) => objectIds(index)],
    ['deletedDateTime', () => null],
    ['accountEnabled', () => true],
    ['deviceId', same('azureADDeviceId')],
    ['displayName', same('deviceName')],
    ['isCompliant', (index) => fleet.traits.compliance(index) === 'compliant'],
    ['isManaged', () => true],
    ['manufacturer', same('manufacturer')],
    ['model', same('model')],
    ['operatingSystem', same('operatingSystem')],
    ['operatingSystemVersion', same('osVersion')],
    ['profileType', () => 'RegisteredDevice'],
    ['registrationDateTime', same('enrolledDateTime')],
    ['trustType', (index) => (fleet.traits.isCompany(index) ? 'AzureAd' : 'Workplace')],
  ]);
}

function userReaders({ users }: Fleet): Map<string, PropertyReader> {
  return new Map<string, PropertyReader>([
    ['id', (user) => users.idOf(user)],
    ['deletedDateTime', () => null],
    ['businessPhones', () => []],
    ['displayName', (user) => users.displayNameOf(user)],
    ['givenName', () => 'User'],
    ['jobTitle', () => null],
    ['mail', (user) => users.principalNameOf(user)],
    ['mobilePhone', () => null],
    ['officeLocation', () => null],
    ['preferredLanguage', () => null],
    ['surname', (user) => String(user)],
    ['userPrincipalName', (user) => users.principalNameOf(user)],
  ]);
}

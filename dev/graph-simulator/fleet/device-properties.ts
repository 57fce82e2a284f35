import { createDraw, pick } from '../random.ts';
import { createGuids, zeroGuid } from '../guid.ts';
import { constantProperties } from './constant-properties.ts';
import type { PropertyReader } from '../odata/read-entity.ts';
import type { Fleet } from './fleet.ts';

/** Readers by Graph property name, in the order in which a whole device is written. */
export type DeviceProperties = ReadonlyMap<string, PropertyReader>;

const categories = ['', '', 'Office', 'Field service', 'Kiosk'];

/**
 * The `managedDevice` of a simulated fleet, one reader per property, so that a listing with
 * `$select`, or a `$filter` over the whole fleet, computes nothing it does not need.
 */
export function createDeviceProperties(fleet: Fleet): DeviceProperties {
  return new Map<string, PropertyReader>([
    ...identityReaders(fleet),
    ...managementReaders(fleet),
    ...hardwareReaders(fleet),
    ...Object.entries(constantProperties).map(
      ([name, value]) => [name, () => value] satisfies [string, PropertyReader],
    ),
  ]);
}

/** ISO 8601 in UTC as Graph writes it: no fraction when there is none. */
export function formatDateTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

function identityReaders(fleet: Fleet): [string, PropertyReader][] {
  const { ids, traits, users, settings } = fleet;
  const entraIds = createGuids(settings.seed, 'entra');
  const mail = (index: number) => users.principalNameOf(users.ofDevice(index));
  const alias = (index: number) => mail(index).replace(/@.*/, '');
  return [
    ['id', (index) => ids.idOf(index)],
    ['deviceName', (index) => fleet.nameOf(index)],
    ['managedDeviceName', (index) => `${alias(index)}_${fleet.nameOf(index)}`],
    ['azureADDeviceId', (index) => (traits.isRegistered(index) ? entraIds(index) : zeroGuid)],
    ['azureADRegistered', (index) => traits.isRegistered(index)],
    [
      'deviceRegistrationState',
      (index) => (traits.isRegistered(index) ? 'registered' : 'notRegistered'),
    ],
    ['userId', (index) => users.idOf(users.ofDevice(index))],
    ['userPrincipalName', mail],
    ['userDisplayName', (index) => users.displayNameOf(users.ofDevice(index))],
    ['emailAddress', mail],
  ];
}

function managementReaders(fleet: Fleet): [string, PropertyReader][] {
  const { traits, dates, checkIns, settings } = fleet;
  const categoryDraw = createDraw(settings.seed, 'category');
  const owner = (index: number) => (traits.isCompany(index) ? 'company' : 'personal');
  return [
    ['managementAgent', (index) => traits.agent(index)],
    ['managementState', (index) => traits.state(index)],
    ['complianceState', (index) => traits.compliance(index)],
    ['managedDeviceOwnerType', owner],
    ['deviceEnrollmentType', (index) => enrollmentTypeOf(fleet, index)],
    ['enrolledDateTime', (index) => formatDateTime(dates.enrolledAt(index))],
    ['lastSyncDateTime', (index, now) => formatDateTime(checkIns.lastAt(index, now))],
    ['deviceCategoryDisplayName', (index) => pick(categories, categoryDraw(index))],
    [
      'configurationManagerClientEnabledFeatures',
      (index) => enabledFeatures(traits.isCoManaged(index)),
    ],
  ];
}

function hardwareReaders(fleet: Fleet): [string, PropertyReader][] {
  const { traits, settings } = fleet;
  const [modelDraw, versionDraw, serialDraw] = ['model', 'osVersion', 'serial'].map((name) =>
    createDraw(settings.seed, name),
  );
  const model = (index: number) => pick(traits.platform(index).models, modelDraw?.(index) ?? 0);
  return [
    ['operatingSystem', (index) => traits.platform(index).operatingSystem],
    ['osVersion', (index) => pick(traits.platform(index).osVersions, versionDraw?.(index) ?? 0)],
    ['manufacturer', (index) => model(index)[0]],
    ['model', (index) => model(index)[1]],
    ['serialNumber', (index) => serialNumber(serialDraw?.(index) ?? 0, index)],
    ['isEncrypted', (index) => traits.compliance(index) === 'compliant'],
    ['isSupervised', (index) => traits.isCompany(index) && isApple(fleet, index)],
  ];
}

function enrollmentTypeOf({ traits }: Fleet, index: number): string {
  return traits.isCoManaged(index) ? 'windowsCoManagement' : traits.platform(index).enrollmentType;
}

function isApple({ traits }: Fleet, index: number): boolean {
  return ['iOS', 'iPadOS', 'macOS'].includes(traits.platformName(index));
}

function enabledFeatures(isCoManaged: boolean) {
  return {
    inventory: isCoManaged,
    modernApps: false,
    resourceAccess: false,
    deviceConfiguration: isCoManaged,
    compliancePolicy: isCoManaged,
    windowsUpdateForBusiness: false,
  };
}

// The index keeps two serial numbers from being the same.
function serialNumber(unit: number, index: number): string {
  const drawn = Math.floor(unit * 36 ** 4)
    .toString(36)
    .padStart(4, '0');
  return `${drawn}${index.toString(36).padStart(5, '0')}`.toUpperCase();
}

import { z } from 'zod';
import type { ListedDevice } from '../../core/device.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** A managed device with the properties that are selected; anything more is not read. */
export const deviceSchema = z.object({
  id: z.guid().toLowerCase(),
  deviceName: text,
  operatingSystem: text,
  osVersion: text,
  managedDeviceOwnerType: text,
  complianceState: text,
  managementAgent: text,
  managementState: text,
  deviceRegistrationState: text,
  serialNumber: text,
  userPrincipalName: text,
  userId: text,
  azureADDeviceId: text,
  manufacturer: text,
  model: text,
  deviceCategoryDisplayName: text,
  lastSyncDateTime: text,
  enrolledDateTime: text,
});

/** For `$select`: the whole entity is some 2.6 KB, this a fifth of it. */
export const selectedProperties = Object.keys(deviceSchema.shape);

/** A device as the app knows it. */
export function toListedDevice(device: z.output<typeof deviceSchema>): ListedDevice {
  return {
    id: device.id,
    name: device.deviceName,
    operatingSystem: device.operatingSystem,
    osVersion: device.osVersion,
    ownership: device.managedDeviceOwnerType,
    complianceState: device.complianceState,
    managementAgent: device.managementAgent,
    managementState: device.managementState,
    registrationState: device.deviceRegistrationState,
    serialNumber: device.serialNumber,
    userPrincipalName: device.userPrincipalName,
    userId: device.userId,
    entraDeviceId: device.azureADDeviceId,
    manufacturer: device.manufacturer,
    model: device.model,
    category: device.deviceCategoryDisplayName,
    lastSyncAt: instant(device.lastSyncDateTime),
    enrolledAt: instant(device.enrolledDateTime),
  };
}

/** ms since the epoch; a date that never was carries the year 1. */
function instant(dateTime: string): number | undefined {
  const at = Date.parse(dateTime);
  return at > 0 ? at : undefined;
}

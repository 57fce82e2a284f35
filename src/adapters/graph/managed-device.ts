import { z } from 'zod';
import type { ListedDevice } from '../../core/device.ts';

const text = z.string().nullish();

/** A managed device with the properties that are selected; anything more is not read. */
const deviceSchema = z.object({
  id: z.guid().toLowerCase(),
  deviceName: text,
  operatingSystem: text,
  managementAgent: text,
  managementState: text,
  lastSyncDateTime: text,
});

/** For `$select`: the whole entity is some 2.6 KB, this a tenth of it. */
export const selectedProperties = Object.keys(deviceSchema.shape);

/** One page of a list. */
export const pageSchema = z.object({
  value: z.array(deviceSchema),
  '@odata.nextLink': z.string().optional(),
});

/** A device as the app knows it. A device that never checked in carries the year 1. */
export function toListedDevice(device: z.output<typeof deviceSchema>): ListedDevice {
  const lastSyncAt = Date.parse(device.lastSyncDateTime ?? '');
  return {
    id: device.id,
    name: device.deviceName ?? '',
    operatingSystem: device.operatingSystem ?? '',
    managementAgent: device.managementAgent ?? '',
    managementState: device.managementState ?? '',
    lastSyncAt: lastSyncAt > 0 ? lastSyncAt : undefined,
  };
}

import { z } from 'zod';
import type { CheckIn } from '../../core/check-in.ts';
import type { ListedDevice } from '../../core/device.ts';
import { graphInstant } from './graph-instant.ts';

/** For `$select`: the whole entity is some 2.6 KB, this a fifth of it. */
export const selectedProperties = [
  'id',
  'deviceName',
  'operatingSystem',
  'osVersion',
  'managedDeviceOwnerType',
  'complianceState',
  'managementAgent',
  'managementState',
  'deviceRegistrationState',
  'serialNumber',
  'userPrincipalName',
  'userId',
  'azureADDeviceId',
  'manufacturer',
  'model',
  'deviceCategoryDisplayName',
  'lastSyncDateTime',
  'enrolledDateTime',
] as const;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isDevice = (value: unknown): value is Record<string, unknown> & { readonly id: string } => {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' && guid.test(id);
};

/**
 * A managed device as Graph lists it, turned into one of the app's. One object is made for a device
 * and not one for each step, since a fleet passes through here: only the id must have its form, any
 * other property may be missing.
 */
export const deviceSchema = z
  .custom<Record<string, unknown> & { readonly id: string }>(isDevice)
  .transform(toListedDevice);

function toListedDevice(device: Record<string, unknown> & { readonly id: string }): ListedDevice {
  const text = (name: (typeof selectedProperties)[number]): string => {
    const value = device[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    id: device.id.toLowerCase(),
    name: text('deviceName'),
    operatingSystem: text('operatingSystem'),
    osVersion: text('osVersion'),
    ownership: text('managedDeviceOwnerType'),
    complianceState: text('complianceState'),
    managementAgent: text('managementAgent'),
    managementState: text('managementState'),
    registrationState: text('deviceRegistrationState'),
    serialNumber: text('serialNumber'),
    userPrincipalName: text('userPrincipalName'),
    userId: text('userId'),
    entraDeviceId: text('azureADDeviceId'),
    manufacturer: text('manufacturer'),
    model: text('model'),
    category: text('deviceCategoryDisplayName'),
    lastSyncAt: graphInstant(text('lastSyncDateTime')),
    enrolledAt: graphInstant(text('enrolledDateTime')),
  };
}

/** For `$select`, when only check-ins are wanted. */
export const checkInProperties = ['id', 'lastSyncDateTime', 'managedDeviceOwnerType'] as const;

/** A managed device of which only its check-in was asked for. */
export const checkInSchema = z
  .custom<Record<string, unknown> & { readonly id: string }>(isDevice)
  .transform((device): CheckIn => {
    const { lastSyncDateTime: at, managedDeviceOwnerType: ownership } = device;
    return {
      id: device.id.toLowerCase(),
      lastSyncAt: graphInstant(typeof at === 'string' ? at : ''),
      ownership: typeof ownership === 'string' ? ownership : '',
    };
  });

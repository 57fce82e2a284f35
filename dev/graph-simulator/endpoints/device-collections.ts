import type { Fleet } from '../fleet/fleet.ts';
import { intuneError } from '../graph/errors.ts';
import type { ApiVersion, GraphRequest, GraphResponse } from '../graph/messages.ts';

/** A collection of Graph whose elements are managed devices. */
export interface DeviceCollection {
  name: string;
  versions: readonly ApiVersion[];
  /** Which of the fleet's devices are in it. */
  includes(fleet: Fleet, index: number): boolean;
}

/** All devices. */
export const managedDevices: DeviceCollection = {
  name: 'managedDevices',
  versions: ['v1.0', 'beta'],
  includes: () => true,
};

/** "The list of co-managed devices report": the same devices, under the same ids, but fewer. */
export const comanagedDevices: DeviceCollection = {
  name: 'comanagedDevices',
  versions: ['beta'],
  includes: ({ traits }, index) => traits.isCoManaged(index),
};

/** The index of the device that a request names; undefined when the collection does not have it. */
export function findDevice(
  collection: DeviceCollection,
  fleet: Fleet,
  id: string,
): number | undefined {
  const index = fleet.find(id);
  return index !== undefined && collection.includes(fleet, index) ? index : undefined;
}

/** The 404 for a device that is not there. */
export function deviceNotFound(request: GraphRequest): GraphResponse {
  return intuneError(404, 'ResourceNotFound', 'An error has occurred', request);
}

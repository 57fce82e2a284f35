import type { Endpoint } from '../graph/endpoint.ts';
import { deviceActionRoles } from '../graph/roles.ts';
import { findDevice, type DeviceCollection } from './device-collections.ts';
import { answerCommand, sendSync } from './send-command.ts';

/**
 * POST managedDevices/{id}/syncDevice: accepts the sync (204), after which the device checks in in
 * its own time. 404 when the device is gone; 400 when its platform or agent cannot be notified.
 * Through comanagedDevices the same, for devices that are co-managed.
 */
export function syncDevice(collection: DeviceCollection): Endpoint {
  return {
    method: 'POST',
    versions: collection.versions,
    path: `deviceManagement/${collection.name}/{id}/syncDevice`,
    roles: deviceActionRoles,
    kind: 'deviceAction',
    handle(request, simulation) {
      const id = request.parameters[0] ?? '';
      const index = findDevice(collection, simulation.fleet, id);
      const result = sendSync(simulation, {
        id,
        index,
        command: 'syncDevice',
        through: collection.name,
        at: request.trace.answersAt,
      });
      return answerCommand(result, request);
    },
  };
}

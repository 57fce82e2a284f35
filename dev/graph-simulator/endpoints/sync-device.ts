import type { Endpoint } from '../graph/endpoint.ts';
import { intuneError } from '../graph/errors.ts';
import { deviceActionRoles } from '../graph/roles.ts';

/**
 * POST managedDevices/{id}/syncDevice: accepts the sync (204), after which the device checks in in
 * its own time. 404 when the device is gone; 400 when its platform or agent cannot be notified.
 */
export const syncDevice: Endpoint = {
  method: 'POST',
  versions: ['v1.0', 'beta'],
  path: 'deviceManagement/managedDevices/{id}/syncDevice',
  roles: deviceActionRoles,
  kind: 'deviceAction',
  handle(request, { fleet, statistics }) {
    const index = fleet.ids.indexOf(request.parameters[0] ?? '');
    if (index === undefined || fleet.traits.isGone(index)) {
      return intuneError(404, 'ResourceNotFound', 'An error has occurred', request);
    }
    if (!fleet.traits.acceptsSync(index)) {
      return intuneError(400, 'BadRequest', 'An error has occurred', request);
    }
    fleet.checkIns.notify(index, request.trace.now);
    statistics.accepted(index);
    return { status: 204, headers: {} };
  },
};

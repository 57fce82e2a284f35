import type { Endpoint } from '../graph/endpoint.ts';
import { intuneError } from '../graph/errors.ts';
import { deviceReadRoles } from '../graph/roles.ts';
import { readDevice } from '../odata/read-device.ts';
import { parseSelect } from '../odata/parse-select.ts';

/** GET managedDevices/{id}: one device, with `$select`; 404 when it is gone. */
export const getManagedDevice: Endpoint = {
  method: 'GET',
  versions: ['v1.0', 'beta'],
  path: 'deviceManagement/managedDevices/{id}',
  roles: deviceReadRoles,
  kind: 'other',
  handle(request, { fleet, properties, origin }) {
    const index = fleet.ids.indexOf(request.parameters[0] ?? '');
    if (index === undefined || fleet.traits.isGone(index)) {
      return intuneError(404, 'ResourceNotFound', 'An error has occurred', request);
    }
    const selected = parseSelect(request.query.get('$select'), properties);
    const context = `${origin}/${request.version}/$metadata#deviceManagement/managedDevices/$entity`;
    const device = readDevice(properties, selected, index, request.trace.now);
    return { status: 200, headers: {}, body: { '@odata.context': context, ...device } };
  },
};

import type { Endpoint } from '../graph/endpoint.ts';
import { deviceReadRoles } from '../graph/roles.ts';
import { readEntity } from '../odata/read-entity.ts';
import { parseSelect } from '../odata/parse-select.ts';
import { deviceNotFound, findDevice, type DeviceCollection } from './device-collections.ts';

/** GET managedDevices/{id} or comanagedDevices/{id}: one device, with `$select`; 404 when gone. */
export function getManagedDevice(collection: DeviceCollection): Endpoint {
  return {
    method: 'GET',
    versions: collection.versions,
    path: `deviceManagement/${collection.name}/{id}`,
    roles: deviceReadRoles,
    kind: 'other',
    handle(request, { fleet, properties, origin }) {
      const index = findDevice(collection, fleet, request.parameters[0] ?? '');
      if (index === undefined) return deviceNotFound(request);
      const selected = parseSelect(request.query.get('$select'), properties, 'managedDevice');
      const base = `${origin}/${request.version}/$metadata`;
      const context = `${base}#deviceManagement/${collection.name}/$entity`;
      const device = readEntity(properties, selected, index, request.trace.now);
      return { status: 200, headers: {}, body: { '@odata.context': context, ...device } };
    },
  };
}

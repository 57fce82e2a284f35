import type { Endpoint } from '../graph/endpoint.ts';
import { connectorReadRoles } from '../graph/roles.ts';
import { parseSelect } from '../odata/parse-select.ts';
import { readEntity } from '../odata/read-entity.ts';
import { deviceNotFound } from './device-collections.ts';

/** Graph's name for the entity, in messages. */
export const connectorType = 'deviceManagementExchangeConnector';

/** GET exchangeConnectors/{id}: one connector, with `$select`; 404 when there is none. */
export const getExchangeConnector: Endpoint = {
  method: 'GET',
  versions: ['v1.0', 'beta'],
  path: 'deviceManagement/exchangeConnectors/{id}',
  roles: connectorReadRoles,
  kind: 'other',
  service: 'enrollment',
  handle(request, { connectors, origin }) {
    const index = connectors.indexOf(request.parameters[0] ?? '');
    if (index === undefined) return deviceNotFound(request);
    const { properties } = connectors;
    const selected = parseSelect(request.query.get('$select'), properties, connectorType);
    const connector = readEntity(properties, selected, index, request.trace.now);
    const base = `${origin}/${request.version}/$metadata`;
    const context = `${base}#deviceManagement/exchangeConnectors/$entity`;
    return { status: 200, headers: {}, body: { '@odata.context': context, ...connector } };
  },
};

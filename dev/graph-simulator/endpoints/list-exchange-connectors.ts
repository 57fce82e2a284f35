import type { Endpoint } from '../graph/endpoint.ts';
import { connectorReadRoles } from '../graph/roles.ts';
import { parseSelect } from '../odata/parse-select.ts';
import { readEntity } from '../odata/read-entity.ts';
import { connectorType } from './get-exchange-connector.ts';

/** GET exchangeConnectors: all of them on one page, with `$select`. */
export const listExchangeConnectors: Endpoint = {
  method: 'GET',
  versions: ['v1.0', 'beta'],
  path: 'deviceManagement/exchangeConnectors',
  roles: connectorReadRoles,
  kind: 'other',
  service: 'enrollment',
  handle({ query, version, trace }, { connectors, origin }) {
    const { properties } = connectors;
    const selected = parseSelect(query.get('$select'), properties, connectorType);
    const value = Array.from({ length: connectors.count }, (_, index) =>
      readEntity(properties, selected, index, trace.now),
    );
    const context = `${origin}/${version}/$metadata#deviceManagement/exchangeConnectors`;
    return { status: 200, headers: {}, body: { '@odata.context': context, value } };
  },
};

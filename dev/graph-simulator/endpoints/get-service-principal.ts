import type { ServicePrincipal } from '../directory/service-principals.ts';
import type { Endpoint, EndpointRequest } from '../graph/endpoint.ts';
import { entryNotFound } from '../graph/errors.ts';
import { applicationReadRoles } from '../graph/roles.ts';
import { parseSelect } from '../odata/parse-select.ts';

/**
 * GET servicePrincipals/{id} and servicePrincipals(appId='…'): one, with `$select`; 404 when there is
 * none.
 */
export function getServicePrincipal(key: '{id}' | 'appId={id}'): Endpoint {
  return {
    method: 'GET',
    versions: ['v1.0', 'beta'],
    path: `servicePrincipals/${key}`,
    roles: applicationReadRoles,
    kind: 'other',
    service: 'directory',
    handle(request, { servicePrincipals, origin }) {
      const id = request.parameters[0] ?? '';
      const found = key === '{id}' ? servicePrincipals.find(id) : servicePrincipals.findByAppId(id);
      if (found === undefined) return entryNotFound(id, request.trace);
      const context = `${origin}/${request.version}/$metadata#servicePrincipals/$entity`;
      const body = { '@odata.context': context, ...select(found, request) };
      return { status: 200, headers: {}, body };
    },
  };
}

function select(found: ServicePrincipal, { query }: EndpointRequest): Record<string, unknown> {
  const properties = new Map(Object.entries(found));
  const names = parseSelect(query.get('$select'), properties, 'servicePrincipal');
  return Object.fromEntries(names.map((name) => [name, properties.get(name)]));
}

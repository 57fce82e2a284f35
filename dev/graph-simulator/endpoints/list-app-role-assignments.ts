import { formatMemberToken, parseSkipToken, parseTop } from '../directory/members-query.ts';
import type { Endpoint } from '../graph/endpoint.ts';
import { entryNotFound } from '../graph/errors.ts';
import { applicationReadRoles } from '../graph/roles.ts';
import { nextLink } from '../odata/next-link.ts';

/** GET servicePrincipals/{id}/appRoleAssignments: what it is granted, 100 a page or `$top`. */
export const listAppRoleAssignments: Endpoint = {
  method: 'GET',
  versions: ['v1.0', 'beta'],
  path: 'servicePrincipals/{id}/appRoleAssignments',
  roles: applicationReadRoles,
  kind: 'other',
  service: 'directory',
  handle(request, { servicePrincipals, origin }) {
    const id = request.parameters[0] ?? '';
    if (servicePrincipals.find(id) === undefined) return entryNotFound(id, request.trace);
    const { query, version } = request;
    const skip = parseSkipToken(query.get('$skiptoken'));
    const end = skip + parseTop(query.get('$top'));
    const assignments = servicePrincipals.assignments.of(id);
    const base = `${origin}/${version}`;
    const url = `${base}/servicePrincipals/${id}/appRoleAssignments`;
    const body = {
      '@odata.context': `${base}/$metadata#appRoleAssignments`,
      ...(end < assignments.length && {
        '@odata.nextLink': nextLink(url, query, formatMemberToken(end)),
      }),
      value: assignments.slice(skip, end),
    };
    return { status: 200, headers: {}, body };
  },
};

import type { MemberKind, Member } from '../directory/groups.ts';
import {
  formatMemberToken,
  parseMembersQuery,
  type MembersQuery,
} from '../directory/members-query.ts';
import { readMembers } from '../directory/read-members.ts';
import type { Endpoint, EndpointRequest } from '../graph/endpoint.ts';
import { entryNotFound } from '../graph/errors.ts';
import type { GraphResponse } from '../graph/messages.ts';
import { groupMemberRoles } from '../graph/roles.ts';
import { nextLink } from '../odata/next-link.ts';
import type { Simulation } from '../simulation.ts';

/**
 * GET groups/{id}/transitiveMembers: everything in a group and in the groups nested in it, with
 * `$select`, `$top` (default 100, at most 999) and `$count`; 404 for an unknown group.
 *
 * @param cast only members of this kind: transitiveMembers/microsoft.graph.device
 */
export function listTransitiveMembers(cast?: MemberKind): Endpoint {
  const suffix = cast === undefined ? '' : `/microsoft.graph.${cast}`;
  return {
    method: 'GET',
    versions: ['v1.0', 'beta'],
    path: `groups/{id}/transitiveMembers${suffix}`,
    roles: groupMemberRoles,
    kind: 'other',
    service: 'directory',
    handle(request, simulation) {
      const query = parseMembersQuery(request, cast !== undefined);
      const id = request.parameters[0] ?? '';
      const members = simulation.groups.transitiveMembers(id);
      if (members === undefined) return entryNotFound(id, request.trace);
      const asked = members.filter(({ kind }) => cast === undefined || kind === cast);
      return toPage(request, simulation, query, asked, cast);
    },
  };
}

function toPage(
  request: EndpointRequest,
  simulation: Simulation,
  query: MembersQuery,
  members: readonly Member[],
  cast: MemberKind | undefined,
): GraphResponse {
  const base = `${simulation.origin}/${request.version}`;
  const end = query.skip + query.top;
  const url = `${base}/${request.segments.map(encodeURIComponent).join('/')}`;
  const link = end < members.length && nextLink(url, request.query, formatMemberToken(end));
  const body = {
    '@odata.context': `${base}/$metadata#${cast === undefined ? 'directoryObjects' : `${cast}s`}`,
    ...(query.withCount && { '@odata.count': members.length }),
    ...(link !== false && { '@odata.nextLink': link }),
    value: readMembers(simulation, request, query.select, members.slice(query.skip, end), cast),
  };
  return { status: 200, headers: {}, body };
}

import { z } from 'zod';
import { directoryRefusal } from '../graph/authorise.ts';
import { BadRequest } from '../graph/bad-request.ts';
import type { Endpoint, EndpointRequest } from '../graph/endpoint.ts';
import { entryNotFound } from '../graph/errors.ts';
import { applicationReadRoles, roleAssignmentRoles } from '../graph/roles.ts';
import { describeIssues } from '../parse-option.ts';

const bodySchema = z.strictObject({
  principalId: z.guid(),
  resourceId: z.guid(),
  appRoleId: z.guid(),
});

/**
 * POST servicePrincipals/{id}/appRoleAssignedTo: grants a role of this service principal (201). A role
 * that is granted already, and one that it does not have, are 400.
 */
export const grantAppRole: Endpoint = {
  method: 'POST',
  versions: ['v1.0', 'beta'],
  path: 'servicePrincipals/{id}/appRoleAssignedTo',
  roles: roleAssignmentRoles,
  kind: 'other',
  service: 'directory',
  handle(request, { servicePrincipals, origin }) {
    if (!mayRead(request)) return directoryRefusal(request);
    const id = request.parameters[0] ?? '';
    const resource = servicePrincipals.find(id);
    if (resource === undefined) return entryNotFound(id, request.trace);
    const parsed = bodySchema.safeParse(request.body);
    if (!parsed.success) throw refusal(describeIssues('body', parsed.error));
    const { principalId, resourceId, appRoleId } = parsed.data;
    if (resourceId !== resource.id) throw refusal('Not a valid reference update.');
    const principal = servicePrincipals.find(principalId);
    if (principal === undefined) return entryNotFound(principalId, request.trace);
    if (!resource.appRoles.some((role) => role.id === appRoleId)) {
      throw refusal('Permission being assigned was not found on application');
    }
    const assignment = servicePrincipals.assignments.add(principal, resource, appRoleId);
    if (assignment === undefined) {
      throw refusal('Permission being assigned already exists on the object');
    }
    const context = `${origin}/${request.version}/$metadata#appRoleAssignments/$entity`;
    return { status: 201, headers: {}, body: { '@odata.context': context, ...assignment } };
  },
};

/** Who may grant, but not read, is refused: github.com/microsoftgraph/microsoft-graph-docs/issues/12833 */
export function mayRead({ caller }: EndpointRequest): boolean {
  return applicationReadRoles.some((role) => caller.roles.includes(role));
}

function refusal(message: string): BadRequest {
  return new BadRequest(message, { code: 'Request_BadRequest' });
}

import { directoryRefusal } from '../graph/authorise.ts';
import type { Endpoint } from '../graph/endpoint.ts';
import { entryNotFound } from '../graph/errors.ts';
import { roleAssignmentRoles } from '../graph/roles.ts';
import { mayRead } from './grant-app-role.ts';

/** DELETE servicePrincipals/{id}/appRoleAssignedTo/{key}: revokes what was granted (204), or 404. */
export const revokeAppRole: Endpoint = {
  method: 'DELETE',
  versions: ['v1.0', 'beta'],
  path: 'servicePrincipals/{id}/appRoleAssignedTo/{key}',
  roles: roleAssignmentRoles,
  kind: 'other',
  service: 'directory',
  handle(request, { servicePrincipals }) {
    if (!mayRead(request)) return directoryRefusal(request);
    const [resourceId = '', assignmentId = ''] = request.parameters;
    return servicePrincipals.assignments.remove(resourceId, assignmentId)
      ? { status: 204, headers: {} }
      : entryNotFound(assignmentId, request.trace);
  },
};

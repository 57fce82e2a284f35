import { type AuditedRole, auditRoles } from '../../core/role-audit.ts';
import type { NeededRole } from '../../core/roles.ts';
import { UsageError } from '../errors.ts';
import type { Directory } from './directory.ts';
import type { Principal } from './directory-entities.ts';
import type { PrincipalKey } from './directory-request.ts';

/** A role that can be granted, or is held. */
export type KnownRole = Exclude<AuditedRole, { state: 'notOffered' }>;

/** What an identity holds, compared with what it needs. */
export interface Audit {
  principal: Principal;
  /** The object id of Microsoft Graph in this tenant. */
  graphId: string;
  /** The roles of Microsoft Graph, needed or held. */
  roles: KnownRole[];
  /** Names of other APIs of which the identity holds a role. */
  otherApis: string[];
}

/**
 * Looks up an identity and its roles. Nothing is changed by that.
 *
 * @throws UsageError when there is no such managed identity, or Graph in this cloud lacks a role
 */
export async function auditIdentity(
  directory: Directory,
  key: PrincipalKey,
  needed: readonly NeededRole[],
): Promise<Audit> {
  const principal = await findIdentity(directory, key);
  const graph = await directory.findGraph();
  const assignments = await directory.listAssignments(principal.id);
  const ofGraph = assignments.filter(({ resourceId }) => resourceId === graph.id);
  const others = assignments.filter(({ resourceId }) => resourceId !== graph.id);
  const roles = requireOffered(auditRoles(needed, graph.appRoles, ofGraph));
  const names = others.map(
    ({ resourceId, resourceDisplayName }) => resourceDisplayName ?? resourceId,
  );
  return { principal, graphId: graph.id, roles, otherApis: [...new Set(names)] };
}

/** A grant to anything else would give its owner power over every device. */
async function findIdentity(directory: Directory, key: PrincipalKey): Promise<Principal> {
  const principal = await directory.findPrincipal(key);
  const [kind, id] = 'id' in key ? ['object', key.id] : ['client', key.clientId];
  if (principal === undefined) {
    throw new UsageError(
      `The directory has no service principal with the ${kind} id ${id}. Take the principal id of ` +
        "the app's managed identity (az identity show --query principalId), and the right tenant.",
    );
  }
  if (principal.servicePrincipalType === 'ManagedIdentity') return principal;
  throw new UsageError(
    `The service principal with the ${kind} id ${id} is not a managed identity ` +
      `(${principal.servicePrincipalType ?? 'of no type'}). fleet-sync runs with one, and only one is changed.`,
  );
}

function requireOffered(roles: readonly AuditedRole[]): KnownRole[] {
  const absent = roles.filter(({ state }) => state === 'notOffered').map(({ role }) => role);
  if (absent.length > 0) {
    throw new UsageError(
      `Microsoft Graph in this cloud does not know ${absent.join(' and ')}. Leave out of ` +
        '--features what needs it.',
    );
  }
  return roles.filter((role) => role.state !== 'notOffered');
}

import { createDraw } from '../random.ts';
import { createGuids } from '../guid.ts';
import { type AppRole, graphAppId, graphAppRoles } from './graph-app-roles.ts';
import type { ServicePrincipalSettings } from './service-principal-options.ts';

/** Graph's `servicePrincipal`, as far as it is written. */
export interface ServicePrincipal {
  id: string;
  appId: string;
  displayName: string;
  servicePrincipalType: string;
  appRoles: readonly AppRole[];
}

type Named = Pick<ServicePrincipal, 'id' | 'displayName'>;

/** Graph's `appRoleAssignment`: a role of one service principal that another one holds. */
export interface AppRoleAssignment {
  id: string;
  appRoleId: string;
  principalId: string;
  principalDisplayName: string;
  principalType: 'ServicePrincipal';
  resourceId: string;
  resourceDisplayName: string;
}

/** Service principals, and which of them holds which app roles. */
export interface ServicePrincipals {
  /** @param id the object id, in lower case */
  find(id: string): ServicePrincipal | undefined;
  findByAppId(appId: string): ServicePrincipal | undefined;
  /** What a service principal holds, oldest first. */
  assignmentsOf(principalId: string): readonly AppRoleAssignment[];
  /** @returns `undefined` when it holds the role already */
  assign(principal: Named, resource: Named, appRoleId: string): AppRoleAssignment | undefined;
  /** @returns whether there was such an assignment */
  remove(resourceId: string, assignmentId: string): boolean;
}

export function createServicePrincipals(
  settings: readonly ServicePrincipalSettings[],
  seed: number,
): ServicePrincipals {
  const guidOf = createGuids(seed, 'servicePrincipal');
  const graph = { ...aResource(guidOf(0), 'Microsoft Graph'), appId: graphAppId };
  const other = aResource(guidOf(1), 'Another API');
  const all = [{ ...graph, appRoles: graphAppRoles }, other, ...settings.map(toServicePrincipal)];
  const createId = createAssignmentIds(seed);
  let assignments: AppRoleAssignment[] = [];

  const servicePrincipals: ServicePrincipals = {
    find: (id) => all.find((one) => one.id === id.toLowerCase()),
    findByAppId: (appId) => all.find((one) => one.appId === appId.toLowerCase()),
    assignmentsOf: (principalId) =>
      assignments.filter((one) => one.principalId === principalId.toLowerCase()),
    assign(principal, resource, appRoleId) {
      const isHeld = servicePrincipals
        .assignmentsOf(principal.id)
        .some((held) => held.appRoleId === appRoleId && held.resourceId === resource.id);
      if (isHeld) return undefined;
      const assignment = toAssignment(createId(), principal, resource, appRoleId);
      assignments.push(assignment);
      return assignment;
    },
    remove(resourceId, assignmentId) {
      const kept = assignments.filter(
        ({ id, resourceId: of }) => id !== assignmentId || of !== resourceId.toLowerCase(),
      );
      const isRemoved = kept.length < assignments.length;
      assignments = kept;
      return isRemoved;
    },
  };

  const otherRoleOf = createGuids(seed, 'otherAppRole');
  for (const principal of settings) {
    const { graphRoles, otherRoles } = principal;
    const others = Array.from({ length: otherRoles }, (_, role) => otherRoleOf(role));
    for (const role of others) servicePrincipals.assign(principal, other, role);
    for (const role of graphRoles) servicePrincipals.assign(principal, graph, roleIdOf(role));
  }
  return servicePrincipals;
}

function aResource(id: string, displayName: string): ServicePrincipal {
  return { id, appId: id, displayName, servicePrincipalType: 'Application', appRoles: [] };
}

function toServicePrincipal(settings: ServicePrincipalSettings): ServicePrincipal {
  const { id, appId, displayName, servicePrincipalType } = settings;
  return { id, appId, displayName, servicePrincipalType, appRoles: [] };
}

function toAssignment(
  id: string,
  principal: Named,
  resource: Named,
  appRoleId: string,
): AppRoleAssignment {
  return {
    id,
    appRoleId,
    principalId: principal.id,
    principalDisplayName: principal.displayName,
    principalType: 'ServicePrincipal',
    resourceId: resource.id,
    resourceDisplayName: resource.displayName,
  };
}

/** @throws Error for a role that the simulated Graph does not have */
function roleIdOf(value: string): string {
  const role = graphAppRoles.find((one) => one.value === value);
  if (role === undefined) throw new Error(`servicePrincipals: Graph has no app role ${value}.`);
  return role.id;
}

/** Entra ID's ids of assignments are no GUIDs, but 32 bytes in base64url. */
function createAssignmentIds(seed: number): () => string {
  const draw = createDraw(seed, 'appRoleAssignment');
  let drawn = 0;
  return () => {
    const bytes = Array.from({ length: 32 }, () => Math.floor(draw(drawn++) * 256));
    return Buffer.from(bytes).toString('base64url');
  };
}

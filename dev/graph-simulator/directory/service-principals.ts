import { createGuids } from '../guid.ts';
import { type AppRoleAssignments, createAppRoleAssignments } from './app-role-assignments.ts';
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

/** The service principals of a tenant, and what they are granted. */
export interface ServicePrincipals {
  /** By object id. */
  find(id: string): ServicePrincipal | undefined;
  findByAppId(appId: string): ServicePrincipal | undefined;
  assignments: AppRoleAssignments;
}

/** @throws Error for a role that the simulated Graph does not have */
export function createServicePrincipals(
  settings: readonly ServicePrincipalSettings[],
  seed: number,
): ServicePrincipals {
  const guidOf = createGuids(seed, 'servicePrincipal');
  const graph = {
    ...anApi(guidOf(0), 'Microsoft Graph'),
    appId: graphAppId,
    appRoles: graphAppRoles,
  };
  const otherApi = anApi(guidOf(1), 'Another API');
  const all = [graph, otherApi, ...settings.map(toServicePrincipal)];
  const assignments = createAppRoleAssignments(seed);
  const otherRoleOf = createGuids(seed, 'otherAppRole');
  for (const principal of settings) {
    const others = Array.from({ length: principal.otherRoles }, (_, role) => otherRoleOf(role));
    for (const role of others) assignments.add(principal, otherApi, role);
    for (const role of principal.graphRoles) assignments.add(principal, graph, roleIdOf(role));
  }
  return {
    find: (id) => all.find((one) => one.id === id.toLowerCase()),
    findByAppId: (appId) => all.find((one) => one.appId === appId.toLowerCase()),
    assignments,
  };
}

function anApi(id: string, displayName: string): ServicePrincipal {
  return { id, appId: id, displayName, servicePrincipalType: 'Application', appRoles: [] };
}

function toServicePrincipal(settings: ServicePrincipalSettings): ServicePrincipal {
  const { id, appId, displayName, servicePrincipalType } = settings;
  return { id, appId, displayName, servicePrincipalType, appRoles: [] };
}

function roleIdOf(value: string): string {
  const role = graphAppRoles.find((one) => one.value === value);
  if (role === undefined) throw new Error(`servicePrincipals: Graph has no app role ${value}.`);
  return role.id;
}

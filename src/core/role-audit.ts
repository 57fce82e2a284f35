import type { NeededRole } from './roles.ts';

/** An app role that an API offers. */
export interface AppRole {
  readonly id: string;
  /** For example `Device.Read.All`. */
  readonly value: string;
}

/** The fact that an identity holds an app role. */
export interface RoleAssignment {
  readonly id: string;
  readonly appRoleId: string;
}

/** What is to be said of one role of an identity. */
export type AuditedRole =
  | (NeededRole & { readonly state: 'held'; readonly assignmentId: string })
  | (NeededRole & { readonly state: 'missing'; readonly appRoleId: string })
  /** Needed, but unknown to the API in this cloud. */
  | (NeededRole & { readonly state: 'notOffered' })
  | { readonly role: string; readonly state: 'notNeeded'; readonly assignmentId: string };

/**
 * Compares what an identity needs with what it holds of one API.
 *
 * @param offered the roles of the API; an assignment of any other is named by its id
 * @returns the needed roles in their order, then those that are not needed
 */
export function auditRoles(
  needed: readonly NeededRole[],
  offered: readonly AppRole[],
  assignments: readonly RoleAssignment[],
): AuditedRole[] {
  const audited = needed.map((need): AuditedRole => {
    const appRoleId = offered.find(({ value }) => value === need.role)?.id;
    if (appRoleId === undefined) return { ...need, state: 'notOffered' };
    const assignment = assignments.find((held) => held.appRoleId === appRoleId);
    return assignment === undefined
      ? { ...need, state: 'missing', appRoleId }
      : { ...need, state: 'held', assignmentId: assignment.id };
  });
  const notNeeded = assignments.flatMap(({ id, appRoleId }): AuditedRole[] => {
    const role = offered.find((one) => one.id === appRoleId)?.value ?? appRoleId;
    const isNeeded = needed.some((need) => need.role === role);
    return isNeeded ? [] : [{ role, state: 'notNeeded', assignmentId: id }];
  });
  return [...audited, ...notNeeded];
}

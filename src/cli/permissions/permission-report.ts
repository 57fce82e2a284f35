import type { GraphCloud } from '../../core/graph-clouds.ts';
import type { Feature } from '../../core/roles.ts';
import type { Audit, KnownRole } from './audit.ts';

/** What became of a role, or would in a dry run (`toGrant`, `toRevoke`). */
export type RoleState = KnownRole['state'] | 'granted' | 'toGrant' | 'revoked' | 'toRevoke';

/** One role in a report. */
export interface ReportedRole {
  role: string;
  /** `null` for a role that no feature needs. */
  neededFor: Feature | null;
  state: RoleState;
}

/** What `permissions` answers, whichever of its commands it was. */
export interface PermissionReport {
  principal: { id: string; clientId: string; displayName: string | null };
  cloud: GraphCloud;
  features: readonly Feature[];
  roles: ReportedRole[];
  /** Other APIs of which the identity holds roles. fleet-sync needs none, and leaves them alone. */
  otherApis: string[];
  /** The commands that give the identity exactly what it needs; none when it is so. */
  remedies: string[];
}

/** What was asked about. */
export interface Subject {
  features: readonly Feature[];
  cloud: GraphCloud;
}

/** @param roles what became of the roles of the audit */
export function permissionReport(
  { principal, otherApis }: Audit,
  subject: Subject,
  roles: ReportedRole[],
): PermissionReport {
  const { id, appId: clientId, displayName = null } = principal;
  const command = (verb: 'grant' | 'revoke') => commandFor(verb, id, subject);
  const has = (state: RoleState) => roles.some((role) => role.state === state);
  return {
    principal: { id, clientId, displayName },
    ...subject,
    roles,
    otherApis,
    remedies: [
      ...(has('missing') ? [command('grant')] : []),
      ...(has('notNeeded') ? [command('revoke')] : []),
    ],
  };
}

/** A role of an audit as reports have it. */
export function reported(audited: KnownRole, state: RoleState): ReportedRole {
  const neededFor = 'neededFor' in audited ? audited.neededFor : null;
  return { role: audited.role, neededFor, state };
}

function commandFor(verb: 'grant' | 'revoke', id: string, { features, cloud }: Subject): string {
  const where = cloud === 'public' ? '' : ` --cloud ${cloud}`;
  return `fleet-sync permissions ${verb} --principal ${id} --features ${features.join()}${where}`;
}

import type { Session } from '../session.ts';
import type { Audit } from './audit.ts';
import type { Directory } from './directory.ts';
import { type ReportedRole, reported } from './permission-report.ts';

/** What it takes to change the roles of an identity. */
export interface ChangeTools {
  session: Session;
  directory: Directory;
  /** Nothing is changed, and the report says what would be. */
  isDryRun: boolean;
}

/**
 * Grants what is missing and takes nothing away. Each grant is told when it is done: should the next
 * one fail, it stays.
 */
export function grantMissing(audit: Audit, tools: ChangeTools): Promise<ReportedRole[]> {
  const { directory, session, isDryRun } = tools;
  return inOrder(audit.roles, async (audited) => {
    if (audited.state !== 'missing') return reported(audited, audited.state);
    if (isDryRun) return reported(audited, 'toGrant');
    const { appRoleId, role } = audited;
    const principalId = audit.principal.id;
    await directory.grant({ graphId: audit.graphId, principalId, appRoleId });
    session.note(`Granted ${role}.`);
    return reported(audited, 'granted');
  });
}

/** Revokes what is not needed, one after the other, and leaves the rest. */
export function revokeNotNeeded(audit: Audit, tools: ChangeTools): Promise<ReportedRole[]> {
  const { directory, session, isDryRun } = tools;
  return inOrder(audit.roles, async (audited) => {
    if (audited.state !== 'notNeeded') return reported(audited, audited.state);
    if (isDryRun) return reported(audited, 'toRevoke');
    await directory.revoke(audit.graphId, audited.assignmentId);
    session.note(`Revoked ${audited.role}.`);
    return reported(audited, 'revoked');
  });
}

async function inOrder<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

import type { PermissionReport, RoleState } from '../permissions/permission-report.ts';
import { renderColumns } from './columns.ts';
import { plainText } from './plain-text.ts';

const states: Readonly<Record<RoleState, string>> = {
  held: 'held',
  missing: 'missing',
  notNeeded: 'not needed',
  granted: 'granted',
  toGrant: 'would be granted',
  revoked: 'revoked',
  toRevoke: 'would be revoked',
};

/** The roles of an identity as a table, and what is left to do. */
export function renderPermissions(report: PermissionReport): string {
  const { principal, roles, otherApis, remedies } = report;
  const rows = roles.map(({ role, neededFor, state }) => [role, neededFor ?? '-', states[state]]);
  return [
    `${plainText(principal.displayName ?? 'The identity')} (${principal.id})`,
    rows.length === 0
      ? 'It holds no role of Microsoft Graph.'
      : renderColumns([['role', 'needed for', 'state'], ...rows]),
    ...(otherApis.length === 0
      ? []
      : [
          `It also holds roles of other APIs, which are not needed: ${plainText(otherApis.join(', '))}.`,
        ]),
    verdictOf(report),
    ...(remedies.length === 0
      ? []
      : [`To give it exactly what it needs:\n${remedies.map((one) => `  ${one}`).join('\n')}`]),
  ].join('\n\n');
}

function verdictOf({ roles, remedies }: PermissionReport): string {
  const is = (state: RoleState) => roles.some((role) => role.state === state);
  if (is('toGrant') || is('toRevoke')) return 'Nothing was changed: this was a dry run.';
  if (is('granted') || is('revoked')) {
    return 'A token that the app has already keeps its old roles for up to a day.';
  }
  return remedies.length === 0
    ? 'These are exactly the roles that it needs.'
    : 'These are not exactly the roles that it needs.';
}

import { AZURE_MONITOR_APP_ID, type AppRole, appRoles, namesOfRole } from './app-roles.ts';
import type { Caller } from './caller.ts';
import type { Claims } from './claims.ts';

/** Whose claims are believed. */
export interface TrustedTenant {
  /** In lower case. */
  readonly tenantId: string;
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
}

/** Whether a caller may pass; `why` is for the log and names no one. */
export type Admission =
  | { readonly kind: 'admitted'; readonly caller: Caller }
  /** Who is calling is not proven. */
  | { readonly kind: 'unauthenticated'; readonly why: string }
  /** Who is calling is proven, and may not do this. */
  | { readonly kind: 'forbidden'; readonly why: string };

/**
 * Decides whether the bearer of claims may use a route. Roles are not ranked: one that may start
 * runs does not thereby see them.
 *
 * @param claims whose signature was verified, here or by the platform
 * @param role that the route is for
 */
export function admitCaller(claims: Claims, role: AppRole, trusted: TrustedTenant): Admission {
  const foreign = foreignClaim(claims, trusted);
  if (foreign !== undefined) return { kind: 'unauthenticated', why: `another ${foreign}` };
  if (role === appRoles.alert && !isAzureMonitor(claims)) {
    return { kind: 'forbidden', why: 'alerts are taken from Azure Monitor only' };
  }
  if (!namesOfRole[role].some((name) => claims.roles.includes(name))) {
    return { kind: 'forbidden', why: `the role ${role} is missing` };
  }
  return { kind: 'admitted', caller: callerOf(claims) };
}

/** The claim that names another tenant or app than ours, if there is one. */
function foreignClaim(
  { issuer, audience, tenantId }: Claims,
  trusted: TrustedTenant,
): string | undefined {
  if (!trusted.issuers.includes(issuer)) return 'issuer';
  if (!trusted.audiences.includes(audience)) return 'audience';
  return tenantId === trusted.tenantId ? undefined : 'tenant';
}

function isAzureMonitor({ isApp, appId }: Claims): boolean {
  return isApp && appId === AZURE_MONITOR_APP_ID;
}

function callerOf({ isApp, appId, objectId }: Claims): Caller {
  return { name: isApp && appId !== undefined ? `app:${appId}` : `user:${objectId}` };
}

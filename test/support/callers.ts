import type { TrustedTenant } from '../../src/core/admit-caller.ts';
import type { Claims } from '../../src/core/claims.ts';

export const aTenantId = '11111111-1111-4111-8111-111111111111';
export const anAppId = '66666666-6666-4666-8666-666666666666';
export const aUserId = '77777777-7777-4777-8777-777777777777';
export const anAudience = '55555555-5555-4555-8555-555555555555';
export const anIssuer = `https://login.contoso.example/${aTenantId}/v2.0`;

export const trustedTenant: TrustedTenant = {
  tenantId: aTenantId,
  issuers: [anIssuer],
  audiences: [anAudience],
};

/** Claims of an application in the trusted tenant, without a role. */
export function someClaims(differences: Partial<Claims> = {}): Claims {
  return {
    issuer: anIssuer,
    audience: anAudience,
    tenantId: aTenantId,
    objectId: '33333333-3333-4333-8333-333333333333',
    appId: anAppId,
    isApp: true,
    roles: [],
    ...differences,
  };
}

/** The same claims as a token has them. */
export const tokenClaims = {
  iss: anIssuer,
  aud: anAudience,
  tid: aTenantId,
  oid: '33333333-3333-4333-8333-333333333333',
  azp: anAppId,
};

/** The header that App Service Authentication makes of claims. */
export function principalHeader(
  claims: readonly (readonly [typ: string, val: string])[],
  differences: Readonly<Record<string, unknown>> = {},
): string {
  const principal = {
    auth_typ: 'aad',
    claims: claims.map(([typ, val]) => ({ typ, val })),
    name_typ: 'name',
    role_typ: 'roles',
    ...differences,
  };
  return Buffer.from(JSON.stringify(principal)).toString('base64');
}

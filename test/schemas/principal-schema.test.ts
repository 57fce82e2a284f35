import { describe, expect, it } from 'vitest';
import { parsePrincipal } from '../../src/schemas/principal-schema.ts';
import {
  aTenantId,
  aUserId,
  principalHeader,
  someClaims,
  tokenClaims,
} from '../support/callers.ts';

const claims = Object.entries(tokenClaims);
const role = ['roles', 'FleetSync.Run'] as const;

describe('a principal', () => {
  it('is read as the token would be', () => {
    const header = principalHeader([...claims, role, ['roles', 'FleetSync.Read']]);
    expect(parsePrincipal(header)).toEqual(
      someClaims({ roles: ['FleetSync.Run', 'FleetSync.Read'] }),
    );
  });

  it('may have its claims under their long names', () => {
    const entra = 'http://schemas.microsoft.com/identity/claims';
    const header = principalHeader([
      ['iss', tokenClaims.iss],
      ['aud', tokenClaims.aud],
      [`${entra}/tenantid`, aTenantId],
      [`${entra}/objectidentifier`, aUserId],
      [`${entra}/scope`, 'user_impersonation'],
      ['http://schemas.microsoft.com/ws/2008/06/identity/claims/role', 'FleetSync.Read'],
    ]);
    expect(parsePrincipal(header)).toEqual(
      someClaims({ objectId: aUserId, appId: undefined, isApp: false, roles: ['FleetSync.Read'] }),
    );
  });

  it('may have its roles under a name of its own', () => {
    const header = principalHeader([...claims, ['groups', 'FleetSync.Run']], {
      role_typ: 'groups',
    });
    expect(parsePrincipal(header)?.roles).toEqual(['FleetSync.Run']);
  });

  it('may say a thing twice when it is the same', () => {
    expect(parsePrincipal(principalHeader([...claims, ['tid', aTenantId]]))).toEqual(someClaims());
  });

  it.each([
    ['of another identity provider', principalHeader(claims, { auth_typ: 'github' })],
    ['with two tenants', principalHeader([...claims, ['tid', aUserId]])],
    ['without a tenant', principalHeader(claims.filter(([name]) => name !== 'tid'))],
    ['without claims', principalHeader([], { claims: undefined })],
    ['with a list of roles in one claim', principalHeader([], { claims: { roles: ['x'] } })],
    ['that is not base64 of JSON', '{"auth_typ":"aad"}'],
    ['that is empty', ''],
    ['that is null', Buffer.from('null').toString('base64')],
    ['with a prototype', Buffer.from('{"__proto__":{"auth_typ":"aad"}}').toString('base64')],
  ])('%s is none', (_, header) => {
    expect(parsePrincipal(header)).toBeUndefined();
  });
});

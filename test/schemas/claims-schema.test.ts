import { describe, expect, it } from 'vitest';
import { claimsSchema } from '../../src/schemas/claims-schema.ts';
import { aUserId, anAppId, someClaims, tokenClaims } from '../support/callers.ts';

const { azp: _azp, ...withoutApp } = tokenClaims;

describe('the claims of a token', () => {
  it.each([
    ['version 2 in azp', { azp: anAppId }],
    ['version 1 in appid', { appid: anAppId }],
  ])('name the application in %s', (_, named) => {
    expect(claimsSchema.parse({ ...withoutApp, ...named, roles: ['R'] })).toEqual(
      someClaims({ roles: ['R'] }),
    );
  });

  it.each([
    [{}, true],
    [{ idtyp: 'app' }, true],
    [{ idtyp: 'user' }, false],
    [{ scp: 'user_impersonation' }, false],
    [{ idtyp: 'app', scp: 'x' }, true],
  ])('with %j are those of an application by itself: %s', (more, isApp) => {
    expect(claimsSchema.parse({ ...tokenClaims, ...more }).isApp).toBe(isApp);
  });

  it('that name no application are not those of one', () => {
    expect(claimsSchema.parse({ ...withoutApp, idtyp: 'app' })).toMatchObject({
      appId: undefined,
      isApp: false,
    });
  });

  it('have ids in lower case', () => {
    const upper = claimsSchema.parse({ ...tokenClaims, oid: aUserId.toUpperCase() });
    expect(upper.objectId).toBe(aUserId);
  });

  it.each([
    [{ tid: undefined }],
    [{ oid: undefined }],
    [{ oid: 'kim@contoso.com' }],
    [{ aud: ['one', 'two'] }],
    [{ roles: 'FleetSync.Run' }],
    [{ roles: [{ toString: 'FleetSync.Run' }] }],
    [{ azp: 'none' }],
  ])('cannot be used with %j', (difference) => {
    expect(claimsSchema.safeParse({ ...tokenClaims, ...difference }).success).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { admitCaller } from '../../src/core/admit-caller.ts';
import { AZURE_MONITOR_APP_ID, appRoles } from '../../src/core/app-roles.ts';
import { anAppId, aUserId, someClaims, trustedTenant } from '../support/callers.ts';

const roles = Object.values(appRoles);

describe('a caller with the role of the route', () => {
  it('is admitted by the id of the application', () => {
    const claims = someClaims({ roles: ['FleetSync.Run'] });
    expect(admitCaller(claims, 'FleetSync.Run', trustedTenant)).toEqual({
      kind: 'admitted',
      caller: { name: `app:${anAppId}` },
    });
  });

  it('is admitted by the id of the user, whatever application asked for the token', () => {
    const claims = someClaims({ isApp: false, objectId: aUserId, roles: ['FleetSync.Read'] });
    expect(admitCaller(claims, 'FleetSync.Read', trustedTenant)).toEqual({
      kind: 'admitted',
      caller: { name: `user:${aUserId}` },
    });
  });

  it.each(['FleetSync.Alert', 'ActionGroupsSecureWebhook'])(
    'is admitted to alerts as Azure Monitor with %s',
    (role) => {
      const claims = someClaims({ appId: AZURE_MONITOR_APP_ID, roles: [role] });
      expect(admitCaller(claims, 'FleetSync.Alert', trustedTenant)).toEqual({
        kind: 'admitted',
        caller: { name: `app:${AZURE_MONITOR_APP_ID}` },
      });
    },
  );
});

describe('a caller who is known and may not', () => {
  const pairs = roles.flatMap((held) =>
    roles.filter((asked) => asked !== held).map((asked) => [held, asked] as const),
  );

  it.each(pairs)('has %s and calls a route of %s', (held, asked) => {
    const claims = someClaims({ appId: AZURE_MONITOR_APP_ID, roles: [held] });
    expect(admitCaller(claims, asked, trustedTenant)).toEqual({
      kind: 'forbidden',
      why: `the role ${asked} is missing`,
    });
  });

  it.each([[[]], [['fleetsync.run']], [['FleetSync.Run ']], [['ActionGroupsSecureWebhook']]])(
    'has the roles %j, which are not FleetSync.Run',
    (held) => {
      const claims = someClaims({ roles: held });
      expect(admitCaller(claims, 'FleetSync.Run', trustedTenant).kind).toBe('forbidden');
    },
  );

  it.each([
    ['another application', { appId: anAppId }],
    ['a user by way of Azure Monitor', { appId: AZURE_MONITOR_APP_ID, isApp: false }],
    ['nobody knows what', { appId: undefined }],
  ])('delivers alerts as %s', (_, difference) => {
    const claims = someClaims({ roles: ['FleetSync.Alert'], ...difference });
    expect(admitCaller(claims, 'FleetSync.Alert', trustedTenant)).toEqual({
      kind: 'forbidden',
      why: 'alerts are taken from Azure Monitor only',
    });
  });
});

describe('claims of', () => {
  it.each([
    ['issuer', { issuer: 'https://login.example/v2.0' }],
    ['audience', { audience: 'api://other' }],
    ['tenant', { tenantId: anAppId }],
  ])('another %s prove nothing, whatever the roles are', (what, difference) => {
    const claims = someClaims({ roles, ...difference });
    expect(admitCaller(claims, 'FleetSync.Run', trustedTenant)).toEqual({
      kind: 'unauthenticated',
      why: `another ${what}`,
    });
  });
});

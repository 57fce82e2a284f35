import { createRemoteJWKSet, jwtVerify } from 'jose';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Certificate } from '../../../dev/certificate.ts';
import {
  localAudience,
  startTokenIssuer,
  type TokenIssuer,
} from '../../../dev/identity-endpoint/index.ts';
import { aTrustedCertificate } from '../../support/trusted-certificate.ts';

const appId = '66666666-6666-4666-8666-666666666666';
const userId = '77777777-7777-4777-8777-777777777777';

let certificate: Certificate;

beforeAll(async () => {
  certificate = await aTrustedCertificate();
});

async function anIssuer(now?: () => number): Promise<TokenIssuer> {
  const issuer = await startTokenIssuer({ certificate, ...(now === undefined ? {} : { now }) });
  onTestFinished(() => issuer.close());
  return issuer;
}

/** Verifies a token as a stranger would, with what is published. */
async function verified(issuer: TokenIssuer, token: string) {
  const { AUTH_ISSUER, AUTH_AUDIENCE, AUTH_JWKS_URI } = issuer.settings;
  const keys = createRemoteJWKSet(new URL(AUTH_JWKS_URI));
  const expected = { issuer: AUTH_ISSUER, audience: AUTH_AUDIENCE };
  return (await jwtVerify(token, keys, expected)).payload;
}

test('a token of an application has the claims of Entra ID, and its signature holds', async () => {
  const issuer = await anIssuer();
  const token = await issuer.issueToken({ appId, roles: ['FleetSync.Run'] });
  const claims = await verified(issuer, token);

  expect(claims).toMatchObject({
    aud: localAudience,
    azp: appId,
    tid: issuer.settings.AUTH_TENANT_ID,
    ver: '2.0',
    roles: ['FleetSync.Run'],
  });
  expect(claims).not.toHaveProperty('scp');
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3_600);
});

test('a token of a user says that the user let the application act', async () => {
  const issuer = await anIssuer();
  const token = await issuer.issueToken({ appId, userId, roles: [] });
  const claims = await verified(issuer, token);

  expect(claims).toMatchObject({ oid: userId, scp: 'user_impersonation' });
  expect(claims).not.toHaveProperty('roles');
});

test('claims can be replaced and left out', async () => {
  const issuer = await anIssuer();
  const token = await issuer.issueToken({ appId, roles: [] }, { tid: 'other', azp: undefined });
  const claims = await verified(issuer, token);

  expect(claims).toMatchObject({ tid: 'other' });
  expect(claims).not.toHaveProperty('azp');
});

test('a token can be asked for over HTTPS', async () => {
  const issuer = await anIssuer();
  const form = new URLSearchParams([
    ['grant_type', 'client_credentials'],
    ['client_id', appId],
    ['roles', 'FleetSync.Run'],
    ['roles', 'FleetSync.Read'],
  ]);
  const response = await fetch(issuer.tokenUri, { method: 'POST', body: form });
  const answer = (await response.json()) as { access_token: string };

  expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 3_600 });
  expect(await verified(issuer, answer.access_token)).toMatchObject({
    azp: appId,
    roles: ['FleetSync.Run', 'FleetSync.Read'],
  });
});

test('after a roll-over the old key is published no longer', async () => {
  const issuer = await anIssuer();
  const old = await issuer.issueToken({ appId, roles: [] });
  issuer.rollKeys();

  await expect(verified(issuer, old)).rejects.toThrow();
  expect(await verified(issuer, await issuer.issueToken({ appId, roles: [] }))).toMatchObject({
    azp: appId,
  });
  expect(issuer.keyRequests()).toBe(2);
});

test('while down it answers nothing but 503', async () => {
  const issuer = await anIssuer();
  issuer.setDown(true);
  expect((await fetch(issuer.settings.AUTH_JWKS_URI)).status).toBe(503);
  issuer.setDown(false);
  expect((await fetch(issuer.settings.AUTH_JWKS_URI)).status).toBe(200);
});

test('anything else is not there', async () => {
  const issuer = await anIssuer();
  expect((await fetch(`${issuer.settings.AUTH_JWKS_URI}/x`)).status).toBe(404);
});

import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type SigningKey,
  type TokenHeader,
  createSigningKey,
} from '../../../dev/identity-endpoint/signing-keys.ts';
import { EntraTokenVerifier } from '../../../src/adapters/identity/entra-token-verifier.ts';
import {
  anAppId,
  anIssuer,
  someClaims,
  tokenClaims,
  trustedTenant,
} from '../../support/callers.ts';

/** Now, in seconds. */
const now = 1_767_225_600;
const current = { ...tokenClaims, iat: now - 60, nbf: now - 60, exp: now + 3_600 };

let key: SigningKey;
let otherKey: SigningKey;

beforeAll(async () => {
  [key, otherKey] = await Promise.all([createSigningKey(), createSigningKey()]);
});

function verify(token: string, at = now) {
  const fetchKeys: typeof fetch = () =>
    Promise.resolve(Response.json({ keys: [key.publicKey, otherKey.publicKey] }));
  const uri = 'https://login.contoso.example/keys';
  const options = { tenant: trustedTenant, uri, now: () => at * 1_000, fetch: fetchKeys };
  return new EntraTokenVerifier(options).verify(token);
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('a token', () => {
  it('that is current, from the tenant and for the app is verified', async () => {
    const token = await key.sign({ ...current, roles: ['FleetSync.Run'] });
    expect(await verify(token)).toEqual({
      kind: 'verified',
      claims: someClaims({ roles: ['FleetSync.Run'] }),
    });
  });

  it('is verified while the clocks are a minute apart', async () => {
    for (const times of [{ exp: now - 59 }, { nbf: now + 60, iat: now + 60 }]) {
      expect(await verify(await key.sign({ ...current, ...times }))).toMatchObject({
        kind: 'verified',
      });
    }
  });

  it('is verified as often as it is shown, until it has expired', async () => {
    const token = await key.sign(current);
    const kinds = [now, now, now + 3_659, now + 3_660].map(
      async (at) => (await verify(token, at)).kind,
    );
    expect(await Promise.all(kinds)).toEqual(['verified', 'verified', 'verified', 'invalid']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['has expired', { exp: now - 60 }, 'ERR_JWT_EXPIRED'],
    ['is not valid yet', { nbf: now + 61 }, 'ERR_JWT_CLAIM_VALIDATION_FAILED nbf'],
    ['never expires', { exp: undefined }, 'ERR_JWT_CLAIM_VALIDATION_FAILED exp'],
    ['expires some day', { exp: '2030-01-01' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED exp'],
    ['is for another app', { aud: anAppId }, 'ERR_JWT_CLAIM_VALIDATION_FAILED aud'],
    ['is from another issuer', { iss: `${anIssuer}/` }, 'ERR_JWT_CLAIM_VALIDATION_FAILED iss'],
    ['is about nobody', { oid: undefined }, 'not usable: oid'],
    ['says who signed in', { azp: undefined }, 'not an access token'],
    ['has roles that are none', { roles: 'FleetSync.Run' }, 'not usable: roles'],
  ])('that %s is not', async (_, difference, why) => {
    expect(await verify(await key.sign({ ...current, ...difference }))).toEqual({
      kind: 'invalid',
      why,
    });
  });

  it('with the id of another key is not', async () => {
    const token = await key.sign(current, { kid: otherKey.publicKey.kid });
    expect(await verify(token)).toEqual({
      kind: 'invalid',
      why: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    });
  });

  it.each<[string, TokenHeader]>([
    ['jwk', { jwk: { kty: 'RSA' } }],
    ['jku', { jku: 'https://login.contoso.example/keys' }],
    ['x5u', { x5u: 'https://login.contoso.example/keys' }],
  ])('that brings its own key by %s is not', async (_, header) => {
    const stranger = await createSigningKey();
    const own = 'jwk' in header ? { jwk: stranger.publicKey } : header;
    expect(await verify(await stranger.sign(current, own))).toEqual({
      kind: 'invalid',
      why: 'ERR_JWKS_NO_MATCHING_KEY',
    });
  });

  it('with a critical header that nobody here knows is not', async () => {
    const [, payload = '', signature = ''] = (await key.sign(current)).split('.');
    const header = encode({ alg: 'RS256', kid: key.publicKey.kid, crit: ['own'], own: 1 });
    expect((await verify(`${header}.${payload}.${signature}`)).kind).toBe('invalid');
  });

  it.each(['none', 'None', 'RS512', 'PS256', 'ES256', 'HS256', ''])(
    'with the algorithm %j is not',
    async (alg) => {
      const kid = key.publicKey.kid;
      const input = `${encode({ alg, kid, typ: 'JWT' })}.${encode(current)}`;
      const secret = JSON.stringify(key.publicKey);
      const signature = createHmac('sha256', secret).update(input).digest('base64url');
      for (const token of [`${input}.${signature}`, `${input}.`]) {
        expect((await verify(token)).kind).toBe('invalid');
      }
    },
  );

  it('is not any text that is none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.stringMatching(/^[\w-]*\.[\w-]*\.[\w-]*$/)),
        async (text) => {
          expect((await verify(text)).kind).toBe('invalid');
        },
      ),
    );
  });

  it('is not one in which a single character was changed', async () => {
    const token = await key.sign(current);
    // The very last one holds bits that stand for nothing.
    const places = fc.nat({ max: token.length - 2 });
    const letters = fc.constantFrom('A', 'Q', 'g', 'w', '0', '-', '_', '.');
    await fc.assert(
      fc.asyncProperty(places, letters, async (at, letter) => {
        fc.pre(token[at] !== letter);
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        expect((await verify(changed)).kind).toBe('invalid');
      }),
    );
  });
});

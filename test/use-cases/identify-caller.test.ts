import { describe, expect, it } from 'vitest';
import { type Credentials, identifyCaller } from '../../src/use-cases/identify-caller.ts';
import {
  type FunctionKeys,
  ProofUnavailableError,
  type TokenVerifier,
} from '../../src/use-cases/ports.ts';
import { anAppId, someClaims, trustedTenant } from '../support/callers.ts';

const claims = someClaims({ roles: ['FleetSync.Run'] });
const tokens: TokenVerifier = {
  verify: (token) =>
    Promise.resolve(
      token === 'good' ? { kind: 'verified', claims } : { kind: 'invalid', why: 'ERR_JWT_EXPIRED' },
    ),
};
const keys: FunctionKeys = { accepts: (key) => Promise.resolve(key === 'good') };

const identify = (credentials: Credentials, proofs: { keys?: FunctionKeys } = { keys }) =>
  identifyCaller({ tokens, tenant: trustedTenant, ...proofs })(credentials, 'FleetSync.Run');

const admitted = { kind: 'admitted', caller: { name: `app:${anAppId}` } };

describe('a caller', () => {
  it.each<[string, Credentials]>([
    ['a token', { kind: 'token', token: 'good' }],
    ['what the platform has verified', { kind: 'principal', claims }],
  ])('is admitted by %s', async (_, credentials) => {
    expect(await identify(credentials)).toEqual(admitted);
  });

  it('is admitted by a key, where keys are enough', async () => {
    expect(await identify({ kind: 'key', key: 'good' })).toEqual({
      kind: 'admitted',
      caller: { name: 'functionKey' },
    });
  });

  it.each<[Credentials, string]>([
    [{ kind: 'token', token: 'old' }, 'ERR_JWT_EXPIRED'],
    [{ kind: 'key', key: 'bad' }, 'the host does not know the key'],
    [{ kind: 'none' }, 'there is no usable proof'],
    [{ kind: 'principal', claims: someClaims({ tenantId: anAppId }) }, 'another tenant'],
  ])('with %j is not known', async (credentials, why) => {
    expect(await identify(credentials)).toEqual({ kind: 'unauthenticated', why });
  });

  it('with a good key is not known, where keys are not enough', async () => {
    expect(await identify({ kind: 'key', key: 'good' }, {})).toEqual({
      kind: 'unauthenticated',
      why: 'a key alone is not enough',
    });
  });

  it.each<[string, Credentials]>([
    ['a token', { kind: 'token', token: 'good' }],
    ['what the platform has verified', { kind: 'principal', claims }],
  ])('known by %s is held to the role of the route', async (_, credentials) => {
    const decide = identifyCaller({ tokens, tenant: trustedTenant });
    expect(await decide(credentials, 'FleetSync.Read')).toEqual({
      kind: 'forbidden',
      why: 'the role FleetSync.Read is missing',
    });
  });

  it('is not admitted when nobody can tell who it is', async () => {
    const accepts = () => Promise.reject(new ProofUnavailableError('no answer'));
    await expect(identify({ kind: 'key', key: 'good' }, { keys: { accepts } })).rejects.toThrow(
      ProofUnavailableError,
    );
  });
});

import { errors, jwtVerify } from 'jose';
import type { TrustedTenant } from '../../core/admit-caller.ts';
import { claimsSchema } from '../../schemas/claims-schema.ts';
import type { TokenVerifier, Verification } from '../../use-cases/ports.ts';
import { RemoteKeys, type RemoteKeysOptions } from './remote-keys.ts';

/** The one algorithm with which Entra ID signs access tokens. */
const ALGORITHMS = ['RS256'];

/** How far the issuer's clock and this one may be apart. */
const CLOCK_TOLERANCE_SECONDS = 60;

export interface EntraTokenVerifierOptions extends RemoteKeysOptions {
  readonly tenant: TrustedTenant;
}

/** Verifies access tokens of Entra ID. Of what a token says about its own keys, only the id counts. */
export class EntraTokenVerifier implements TokenVerifier {
  readonly #options: EntraTokenVerifierOptions;
  readonly #keys: RemoteKeys;

  constructor(options: EntraTokenVerifierOptions) {
    this.#options = options;
    this.#keys = new RemoteKeys(options);
  }

  async verify(token: string): Promise<Verification> {
    const { tenant, now } = this.#options;
    try {
      const { payload } = await jwtVerify(token, (header, jws) => this.#keys.find(header, jws), {
        algorithms: ALGORITHMS,
        issuer: [...tenant.issuers],
        audience: [...tenant.audiences],
        requiredClaims: ['exp', 'nbf', 'iat'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(now()),
      });
      return accessClaims(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError) return { kind: 'invalid', why: reasonOf(error) };
      throw error;
    }
  }
}

/** An ID token has the same audience and signature; it tells an app who signed in and opens nothing. */
function accessClaims(payload: unknown): Verification {
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) {
    const names = parsed.error.issues.map(({ path }) => path.join('.'));
    return { kind: 'invalid', why: `not usable: ${names.join(', ')}` };
  }
  if (parsed.data.appId === undefined) return { kind: 'invalid', why: 'not an access token' };
  return { kind: 'verified', claims: parsed.data };
}

function reasonOf(error: errors.JOSEError): string {
  return error instanceof errors.JWTClaimValidationFailed
    ? `${error.code} ${error.claim}`
    : error.code;
}

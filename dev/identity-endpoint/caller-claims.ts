import { randomUUID } from 'node:crypto';
import { localTenantId } from './token.ts';

/** Who a token is about: an application by itself, or a user by way of one. */
export interface TokenSubject {
  /** The application that asks for the token. */
  appId: string;
  /** The user; absent: the application itself. */
  userId?: string;
  /** App roles that the subject has been assigned. */
  roles: readonly string[];
}

/** What a token is issued for, and how long it is good for. */
export interface TokenValidity {
  issuer: string;
  audience: string;
  /** Whole seconds since 1970. */
  issuedAt: number;
  lifetimeSeconds: number;
}

/** The object id of every local application. */
const localObjectId = '33333333-3333-4333-8333-333333333333';

/**
 * The claims that Entra ID puts into an access token of version 2:
 * https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function callerClaims(
  { appId, userId, roles }: TokenSubject,
  { issuer, audience, issuedAt, lifetimeSeconds }: TokenValidity,
): Record<string, unknown> {
  return {
    aud: audience,
    iss: issuer,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + lifetimeSeconds,
    azp: appId,
    azpacr: '1',
    oid: userId ?? localObjectId,
    // An id for this app only, in the token of a user.
    sub: userId === undefined ? localObjectId : randomUUID(),
    tid: localTenantId,
    uti: randomUUID(),
    ver: '2.0',
    ...(userId === undefined ? {} : { scp: 'user_impersonation' }),
    ...(roles.length === 0 ? {} : { roles }),
  };
}

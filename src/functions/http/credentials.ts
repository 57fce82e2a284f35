import type { HttpRequest } from '@azure/functions';
import { parsePrincipal } from '../../schemas/principal-schema.ts';
import type { Credentials } from '../../use-cases/identify-caller.ts';

/** RFC 6750, section 2.1. */
const BEARER_FORM = /^Bearer +([\w.~+/-]+=*) *$/i;

/** Far more than a token of Entra ID takes, which leaves out groups beyond 200. */
const MAX_TOKEN_LENGTH = 16_384;

/**
 * How a request proves who is calling. The strongest proof counts alone: what is no usable token is
 * not made up for by a key beside it.
 *
 * @param trustsPlatform App Service Authentication is on: it removes the principal header from what
 *   callers send. Otherwise anybody can send one, and it counts for nothing.
 */
export function credentialsOf(
  { headers, query }: Pick<HttpRequest, 'headers' | 'query'>,
  { trustsPlatform }: { trustsPlatform: boolean },
): Credentials {
  const authorization = headers.get('authorization');
  if (authorization !== null) return tokenOf(authorization);
  const principal = trustsPlatform ? headers.get('x-ms-client-principal') : null;
  if (principal !== null) return principalOf(principal);
  const key = headers.get('x-functions-key') ?? query.get('code');
  return key === null ? { kind: 'none' } : { kind: 'key', key };
}

function tokenOf(authorization: string): Credentials {
  const token = BEARER_FORM.exec(authorization)?.[1];
  if (token === undefined || token.length > MAX_TOKEN_LENGTH) return { kind: 'none' };
  return { kind: 'token', token };
}

function principalOf(header: string): Credentials {
  const claims = parsePrincipal(header);
  return claims === undefined ? { kind: 'none' } : { kind: 'principal', claims };
}

/**
 * Tokens, on loopback: those of the app's managed identity, and those of the app's callers. Other
 * parts import from here only.
 */
export {
  defaultLifetimeSeconds,
  defaultRoles,
  startIdentityEndpoint,
  type IdentityEndpoint,
  type IdentityEndpointOptions,
} from './identity-endpoint.ts';
export { localClientId, localTenantId } from './token.ts';
export { type TokenSubject } from './caller-claims.ts';
export {
  localAudience,
  startTokenIssuer,
  type TokenIssuer,
  type TokenIssuerOptions,
} from './token-issuer.ts';

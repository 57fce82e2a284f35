/** A managed identity's token endpoint, on loopback. Other parts import from here only. */
export {
  defaultLifetimeSeconds,
  defaultRoles,
  startIdentityEndpoint,
  type IdentityEndpoint,
  type IdentityEndpointOptions,
} from './identity-endpoint.ts';
export { localClientId, localTenantId } from './token.ts';

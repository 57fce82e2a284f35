import type { TrustedTenant } from '../core/admit-caller.ts';
import { entraIssuers, entraKeysUri } from '../core/entra-clouds.ts';
import type { Settings } from '../schemas/settings-schema.ts';
import { ownOrigin } from './own-origin.ts';

/** How callers prove who they are to Entra ID's satisfaction. */
export interface EntraConfig {
  readonly tenant: TrustedTenant;
  /** Where the keys are that sign tokens. */
  readonly keysUri: string;
  /** App Service Authentication is on. */
  readonly trustsPlatform: boolean;
  /** The app's own origin, when a function key is enough as well. */
  readonly ownOrigin: string | undefined;
}

/** `undefined` without Entra ID: the host asks for a key then. */
export function entraOf(settings: Settings): EntraConfig | undefined {
  const { AUTH_TENANT_ID: tenantId, AUTH_AUDIENCE: audiences, AUTH_ISSUER: issuer } = settings;
  if (tenantId === undefined || audiences === undefined) return undefined;
  const cloud = settings.GRAPH_CLOUD;
  const issuers = issuer === undefined ? entraIssuers(cloud, tenantId) : [issuer];
  return {
    tenant: { tenantId, issuers, audiences },
    keysUri: settings.AUTH_JWKS_URI ?? entraKeysUri(cloud, tenantId),
    trustsPlatform: settings.WEBSITE_AUTH_ENABLED?.toLowerCase() === 'true',
    ownOrigin: settings.AUTH_ALLOW_KEYS ? ownOrigin(settings.WEBSITE_HOSTNAME ?? '') : undefined,
  };
}

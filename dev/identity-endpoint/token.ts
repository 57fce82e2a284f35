import { randomUUID } from 'node:crypto';

/** Microsoft Graph's hosts in the public, US government, US DoD and China clouds. */
const graphHosts = [
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
];

/** The made-up tenant that every local token names (`tid` and `iss`). */
export const localTenantId = '11111111-1111-4111-8111-111111111111';
/** The made-up application id (`appid`) of the system-assigned identity. */
export const localClientId = '22222222-2222-4222-8222-222222222222';
const localObjectId = '33333333-3333-4333-8333-333333333333';

/** What goes into a token. */
export interface TokenRequest {
  /** The audience, for example `https://storage.azure.com`. */
  resource: string;
  /** The client id of a user-assigned identity; absent: `localClientId`. */
  clientId?: string | undefined;
  /** App roles, put into tokens for Microsoft Graph only, as Entra ID does. */
  roles: readonly string[];
  /** Time of issue in whole seconds since 1970. */
  issuedAt: number;
  /** How long the token is good for, in seconds. */
  lifetimeSeconds: number;
}

/**
 * Builds an unsecured JWT (RFC 7519, section 6): three parts, `alg` none, an empty signature. It
 * has the claims that Entra ID puts into the token of a managed identity, and proves nothing:
 * only services that do not check signatures, such as Azurite's `--oauth basic`, take it.
 */
export function createToken(request: TokenRequest): string {
  const claims = {
    aud: request.resource,
    iss: `https://sts.windows.net/${localTenantId}/`,
    iat: request.issuedAt,
    nbf: request.issuedAt,
    exp: request.issuedAt + request.lifetimeSeconds,
    appid: request.clientId ?? localClientId,
    idtyp: 'app',
    oid: localObjectId,
    sub: localObjectId,
    tid: localTenantId,
    uti: randomUUID(),
    ver: '1.0',
    ...(isGraph(request.resource) ? { roles: request.roles } : {}),
  };
  return `${encode({ typ: 'JWT', alg: 'none' })}.${encode(claims)}.`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function isGraph(resource: string): boolean {
  return graphHosts.includes(URL.parse(resource)?.hostname ?? '');
}

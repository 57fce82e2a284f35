import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import { parseTokenRequest } from './parse-token-request.ts';
import { createToken, localClientId } from './token.ts';

/** The two app roles that a sync needs; more would be a permission too many. */
export const defaultRoles: readonly string[] = [
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementManagedDevices.PrivilegedOperations.All',
];

/** How long the platform's own tokens for managed identities are good for. */
export const defaultLifetimeSeconds = 24 * 60 * 60;

/** What the identity endpoint can be told. */
export interface IdentityEndpointOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** App roles in tokens for Microsoft Graph. Default `defaultRoles`. */
  roles?: readonly string[];
  /** How long a token is good for. Default 24 h. */
  lifetimeSeconds?: number;
  /** What X-IDENTITY-HEADER has to say. Default random. */
  header?: string;
  /** The current time in milliseconds since 1970. Default the system's clock. */
  now?: () => number;
}

/** A running identity endpoint. */
export interface IdentityEndpoint {
  /** The variables with which a process finds the endpoint, as App Service sets them. */
  environment: { IDENTITY_ENDPOINT: string; IDENTITY_HEADER: string };
  /** Changes the app roles of the tokens issued from now on; tokens already out keep theirs. */
  setRoles: (roles: readonly string[]) => void;
  /** Issues a token without a request, for a process that runs the endpoint itself. */
  issueToken: (resource: string) => { token: string; expiresOn: number };
  /** How many requests ended in a token: for one resource, or for all of them. */
  requests: (resource?: string) => number;
  close: () => Promise<void>;
}

/**
 * Starts what `ManagedIdentityCredential` looks for on App Service and Functions: an endpoint on
 * loopback that hands out tokens to whoever knows the header.
 *
 * @throws Error when the port is taken.
 */
export async function startIdentityEndpoint(
  options: IdentityEndpointOptions = {},
): Promise<IdentityEndpoint> {
  const { lifetimeSeconds = defaultLifetimeSeconds, now = Date.now } = options;
  const header = options.header ?? randomUUID();
  const counts = new Map<string, number>();
  let roles = options.roles ?? defaultRoles;

  function issue(resource: string, clientId?: string) {
    const issuedAt = Math.floor(now() / 1000);
    const token = createToken({ resource, clientId, roles, issuedAt, lifetimeSeconds });
    return { token, expiresOn: issuedAt + lifetimeSeconds };
  }

  const server = createServer((request, response) => {
    const parsed = parseTokenRequest(request, header);
    if ('status' in parsed) {
      const { status, message } = parsed;
      answer(response, status, { statusCode: status, message, correlationId: randomUUID() });
      return;
    }
    const { resource, clientId } = parsed;
    counts.set(resource, (counts.get(resource) ?? 0) + 1);
    const { token, expiresOn } = issue(resource, clientId);
    answer(response, 200, {
      access_token: token,
      expires_on: String(expiresOn),
      resource,
      token_type: 'Bearer',
      client_id: clientId ?? localClientId,
    });
  });
  const port = await listenOnLoopback(server, options.port);

  return {
    environment: {
      IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`,
      IDENTITY_HEADER: header,
    },
    setRoles: (changed) => {
      roles = changed;
    },
    issueToken: (resource) => issue(resource),
    requests: (resource) =>
      resource === undefined
        ? [...counts.values()].reduce((sum, count) => sum + count, 0)
        : (counts.get(resource) ?? 0),
    close: () => closeServer(server),
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

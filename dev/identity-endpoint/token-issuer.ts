import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Certificate } from '../certificate.ts';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import { type TokenSubject, callerClaims } from './caller-claims.ts';
import { type SigningKey, type TokenHeader, createSigningKey } from './signing-keys.ts';
import { localTenantId } from './token.ts';

/** The made-up client id of fleet-sync's own registration: what callers' tokens are issued for. */
export const localAudience = '55555555-5555-4555-8555-555555555555';

/** Entra ID's access tokens are good for 60 to 90 minutes. */
const LIFETIME_SECONDS = 3_600;

/** What the token issuer can be told. */
export interface TokenIssuerOptions {
  /** Of its HTTPS server. */
  certificate: Certificate;
  /** 0, the default, takes a free port. */
  port?: number;
  /** The current time in milliseconds since 1970. Default the system's clock. */
  now?: () => number;
}

/** A running token issuer. */
export interface TokenIssuer {
  /** The settings with which the app asks its callers for tokens of this issuer. */
  settings: Record<'AUTH_TENANT_ID' | 'AUTH_AUDIENCE' | 'AUTH_ISSUER' | 'AUTH_JWKS_URI', string>;
  /** Where a token can be asked for, as RFC 6749, section 4.4 has it. */
  tokenUri: string;
  /** A token as Entra ID would issue it; `changes` replace claims, `undefined` leaves one out. */
  issueToken: (
    subject: TokenSubject,
    changes?: Readonly<Record<string, unknown>>,
    header?: TokenHeader,
  ) => Promise<string>;
  /** The key that signs now. */
  signingKey: () => Promise<SigningKey>;
  /** Signs with a new key from now on, and no longer publishes the old one. */
  rollKeys: () => void;
  /** While down, every request is answered 503. */
  setDown: (isDown: boolean) => void;
  /** How often the keys were asked for. */
  keyRequests: () => number;
  close: () => Promise<void>;
}

/**
 * Starts what stands in for Entra ID towards callers of the app: it publishes signing keys over HTTPS
 * and issues tokens to whoever asks, with the roles they ask for.
 *
 * @throws Error when the port is taken.
 */
export async function startTokenIssuer(options: TokenIssuerOptions): Promise<TokenIssuer> {
  const { certificate, now = Date.now } = options;
  let key: Promise<SigningKey> | undefined;
  let isDown = false;
  let keyRequests = 0;
  // The key is made when it is first needed: most of those who start an environment never call.
  const signingKey = () => (key ??= createSigningKey());

  const server = createServer(certificate, (request, response) => {
    // A caller that leaves in the middle of its request gets no answer, and does no harm.
    respond(request, response).catch(() => response.destroy());
  });
  const port = await listenOnLoopback(server, options.port);
  const authority = `https://127.0.0.1:${port}/${localTenantId}`;
  const settings = {
    AUTH_TENANT_ID: localTenantId,
    AUTH_AUDIENCE: localAudience,
    AUTH_ISSUER: `${authority}/v2.0`,
    AUTH_JWKS_URI: `${authority}/discovery/v2.0/keys`,
  };
  const tokenUri = `${authority}/oauth2/v2.0/token`;

  const issueToken: TokenIssuer['issueToken'] = async (subject, changes = {}, header = {}) => {
    const claims = callerClaims(subject, {
      issuer: settings.AUTH_ISSUER,
      audience: localAudience,
      issuedAt: Math.floor(now() / 1000),
      lifetimeSeconds: LIFETIME_SECONDS,
    });
    return (await signingKey()).sign({ ...claims, ...changes }, header);
  };

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = `https://127.0.0.1:${port}${request.url ?? '/'}`;
    if (isDown) {
      answer(response, 503, { error: 'temporarily_unavailable' });
    } else if (request.method === 'GET' && address === settings.AUTH_JWKS_URI) {
      keyRequests += 1;
      answer(response, 200, { keys: [(await signingKey()).publicKey] });
    } else if (request.method === 'POST' && address === tokenUri) {
      const form = new URLSearchParams(await text(request));
      const subject = { appId: form.get('client_id') ?? '', roles: form.getAll('roles') };
      const access_token = await issueToken(subject);
      answer(response, 200, { token_type: 'Bearer', expires_in: LIFETIME_SECONDS, access_token });
    } else {
      answer(response, 404, { error: 'not_found' });
    }
  }

  return {
    settings,
    tokenUri,
    issueToken,
    signingKey,
    rollKeys: () => {
      key = undefined;
    },
    setDown: (down) => {
      isDown = down;
    },
    keyRequests: () => keyRequests,
    close: () => closeServer(server),
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

import { z } from 'zod';

/** Who calls, read from the access token. */
export interface Caller {
  /** Whose quota a request counts against. */
  appId: string;
  /**
   * Permissions, e.g. `DeviceManagementManagedDevices.Read.All`: those of an application, or those
   * that a person delegated (`scp`).
   */
  roles: readonly string[];
}

/** Why a token is not accepted, in the words of Graph. */
export interface Refusal {
  refused: string;
}

const audiences = [
  'https://graph.microsoft.com',
  'https://graph.microsoft.com/',
  // The app id of Microsoft Graph is what tokens of version 2 carry.
  '00000003-0000-0000-c000-000000000000',
];
// Callers that do not say who they are share one app, and so one quota.
const defaultAppId = '00000000-0000-0000-0000-00000000a001';

const claimsSchema = z.object({
  aud: z.string(),
  /** Seconds since 1970. */
  exp: z.number(),
  nbf: z.number().optional(),
  appid: z.string().default(defaultAppId),
  roles: z.array(z.string()).default([]),
  /** With spaces in between. */
  scp: z.string().default(''),
});

/**
 * Reads the bearer token of a request. The signature is not looked at, because the tokens of the
 * local identity endpoint have none; audience and lifetime are.
 *
 * @param authorization the Authorization header
 * @param now milliseconds since 1970
 */
export function readAccessToken(authorization: string | undefined, now: number): Caller | Refusal {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return { refused: 'Access token is empty.' };
  const claims = claimsSchema.safeParse(decodePayload(token));
  if (!claims.success) return { refused: 'IDX14100: JWT is not well formed.' };
  const { aud, exp, nbf, appid, roles, scp } = claims.data;
  if (!audiences.includes(aud)) {
    return { refused: 'Access token validation failure. Invalid audience.' };
  }
  if (exp * 1000 <= now || (nbf !== undefined && nbf * 1000 > now)) {
    return { refused: 'Lifetime validation failed, the token is expired.' };
  }
  const delegated = scp.split(' ').filter((permission) => permission !== '');
  return { appId: appid, roles: [...roles, ...delegated] };
}

/** The claims, or undefined when the text is not three base64url parts with JSON in the second. */
function decodePayload(token: string): unknown {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    return JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

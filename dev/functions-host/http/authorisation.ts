import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may call a route: anybody, holders of a key, holders of the master key. */
export const AUTH_LEVELS = ['anonymous', 'function', 'admin'] as const;

/** One of {@link AUTH_LEVELS}. */
export type AuthLevel = (typeof AUTH_LEVELS)[number];

/**
 * Whether a request may pass. The key is taken from `x-functions-key`, which wins, or from `?code=`.
 *
 * @param hostKey the one key of this host; it is a master key and opens every level
 */
export function isAuthorised(level: AuthLevel, request: IncomingMessage, hostKey: string): boolean {
  if (level === 'anonymous') return true;
  const header = request.headers['x-functions-key'];
  const given = typeof header === 'string' ? header : codeOf(request.url ?? '');
  return given !== null && isSame(given, hostKey);
}

function codeOf(url: string): string | null {
  const query = url.indexOf('?');
  return query < 0 ? null : new URLSearchParams(url.slice(query + 1)).get('code');
}

/** Digests have one length, so the comparison tells nothing about the key, its length included. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

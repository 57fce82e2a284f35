import type { AccessToken, CliContext } from '../context.ts';
import { UnreachableError } from '../errors.ts';
import type { Target } from './target.ts';

/** A token is renewed this long before it ends, so that none ends on its way, ms. */
const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * Gives the headers that prove who is calling. A token is kept while it is good: asking for one can
 * start another program (`az`), which a look at a run every 2 s must not do.
 */
export function createCredentials(
  { key, token, audience }: Pick<Target, 'key' | 'token' | 'audience'>,
  { getToken, now }: Pick<CliContext, 'getToken' | 'now'>,
): () => Promise<Record<string, string>> {
  let held: AccessToken | undefined;

  async function bearer(forAudience: string): Promise<string> {
    if (held === undefined || held.expiresOnTimestamp - RENEW_BEFORE_MS <= now()) {
      held = await getToken(scopeOf(forAudience)).catch((cause: unknown) => {
        throw noToken(forAudience, cause);
      });
    }
    return `Bearer ${held.token}`;
  }

  return async () => ({
    ...(key === undefined ? {} : { 'x-functions-key': key }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    // Who brings a token does not want to sign in.
    ...(audience === undefined || token !== undefined
      ? {}
      : { authorization: await bearer(audience) }),
  });
}

function scopeOf(audience: string): string {
  return audience.endsWith('/.default') ? audience : `${audience}/.default`;
}

function noToken(audience: string, cause: unknown): UnreachableError {
  // The first line says what failed; the others list every way of signing in that was tried.
  const why = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
  return new UnreachableError(
    `There is no Entra token for ${audience}. Sign in with az login, or use FLEET_SYNC_KEY. (${why})`,
    { cause },
  );
}

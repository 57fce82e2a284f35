import { EntraTokenVerifier } from './adapters/identity/entra-token-verifier.ts';
import { HostFunctionKeys } from './adapters/identity/host-function-keys.ts';
import type { EntraConfig } from './config/access-config.ts';
import type { CallerProofs } from './use-cases/identify-caller.ts';

/**
 * The adapters that tell callers apart; nothing is connected before the first caller.
 *
 * @param checkKeyRoute below the prefix `/api`; the host opens it with a key
 * @param now ms since the epoch
 */
export function callerProofs(
  { tenant, keysUri, ownOrigin }: EntraConfig,
  checkKeyRoute: string,
  now: () => number,
): CallerProofs {
  return {
    tenant,
    tokens: new EntraTokenVerifier({ tenant, uri: keysUri, now }),
    ...(ownOrigin === undefined
      ? {}
      : { keys: new HostFunctionKeys({ uri: `${ownOrigin}/api/${checkKeyRoute}`, now }) }),
  };
}

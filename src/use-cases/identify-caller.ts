import { type Admission, type TrustedTenant, admitCaller } from '../core/admit-caller.ts';
import type { AppRole } from '../core/app-roles.ts';
import { keyHolder } from '../core/caller.ts';
import type { Claims } from '../core/claims.ts';
import type { FunctionKeys, TokenVerifier } from './ports.ts';

/** How a request proves who is calling. */
export type Credentials =
  | { readonly kind: 'token'; readonly token: string }
  /** Claims that App Service Authentication has verified. */
  | { readonly kind: 'principal'; readonly claims: Claims }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'none' };

/** How callers are told apart when Entra ID is configured. */
export interface CallerProofs {
  readonly tokens: TokenVerifier;
  readonly tenant: TrustedTenant;
  /** Present: a key is enough. */
  readonly keys?: FunctionKeys;
}

/** Finds out who is calling, and whether they may use a route that is for `role`. */
export function identifyCaller({ tokens, tenant, keys }: CallerProofs) {
  return async (credentials: Credentials, role: AppRole): Promise<Admission> => {
    switch (credentials.kind) {
      case 'token': {
        const verification = await tokens.verify(credentials.token);
        if (verification.kind === 'verified') return admitCaller(verification.claims, role, tenant);
        return unauthenticated(verification.why);
      }
      case 'principal':
        return admitCaller(credentials.claims, role, tenant);
      case 'key':
        if (keys === undefined) return unauthenticated('a key alone is not enough');
        if (await keys.accepts(credentials.key)) return { kind: 'admitted', caller: keyHolder };
        return unauthenticated('the host does not know the key');
      case 'none':
        return unauthenticated('there is no usable proof');
    }
  };
}

function unauthenticated(why: string): Admission {
  return { kind: 'unauthenticated', why };
}

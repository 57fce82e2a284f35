import type { Claims } from '../../core/claims.ts';

/** A token that was verified, or the reason why it cannot be; the reason repeats nothing of it. */
export type Verification =
  | { readonly kind: 'verified'; readonly claims: Claims }
  | { readonly kind: 'invalid'; readonly why: string };

/** Tells tokens that Entra ID issued for this app from all others. */
export interface TokenVerifier {
  /** @throws ProofUnavailableError when the keys to verify with cannot be had now */
  verify: (token: string) => Promise<Verification>;
}

/** The keys of the Functions host. */
export interface FunctionKeys {
  /**
   * Whether the host would accept the key for every function.
   *
   * @throws ProofUnavailableError when the host does not say
   */
  accepts: (key: string) => Promise<boolean>;
}

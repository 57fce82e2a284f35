import {
  type CompactJWSHeaderParameters,
  type CryptoKey,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  createLocalJWKSet,
  errors,
} from 'jose';
import { PROOF_TIME_MS } from '../../core/answer-time.ts';
import { ProofUnavailableError } from '../../use-cases/ports.ts';

/** Keys are fetched again when they are older: one that Entra ID has withdrawn ends with them. */
const FRESH_MS = 3_600_000;
/** While they cannot be fetched, keys are believed this long. */
const MAX_AGE_MS = 24 * 3_600_000;
/** Tokens with made-up key ids make the app fetch no more often than this. */
const FETCH_INTERVAL_MS = 30_000;
/** The same after a fetch that failed: without keys nobody gets in. */
const RETRY_INTERVAL_MS = 5_000;

export interface RemoteKeysOptions {
  /** Address of the JSON Web Key Set. */
  readonly uri: string;
  /** ms since the epoch */
  readonly now: () => number;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
}

interface KeySet {
  readonly find: ReturnType<typeof createLocalJWKSet>;
  readonly fetchedAt: number;
}

/**
 * The signing keys of an issuer, kept between requests. An unknown key id fetches them again, since
 * issuers roll their keys over; an outage of the issuer does not lock out callers whose key is known.
 */
export class RemoteKeys {
  readonly #options: RemoteKeysOptions;
  #keys: KeySet | undefined;
  /** The last fetch; `failure` says why it failed. */
  #attempt: { readonly at: number; readonly failure?: string } | undefined;
  #fetching: Promise<void> | undefined;

  constructor(options: RemoteKeysOptions) {
    this.#options = options;
  }

  /**
   * The key that a token names.
   *
   * @throws JOSEError when no key has this id, ProofUnavailableError when there are no keys now
   */
  async find(header: CompactJWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    // Without an id any key that fits would do.
    if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();
    if (this.#age() > FRESH_MS) await this.#refresh();
    try {
      return await this.#usable().find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#refresh();
      // Whether the issuer has a key of this id now, nobody can say.
      if (this.#attempt?.failure !== undefined) throw this.#unavailable();
      return await this.#usable().find(header, token);
    }
  }

  #age(): number {
    return this.#keys === undefined ? Infinity : this.#options.now() - this.#keys.fetchedAt;
  }

  #usable(): KeySet {
    if (this.#keys !== undefined && this.#age() <= MAX_AGE_MS) return this.#keys;
    throw this.#unavailable();
  }

  #unavailable(): ProofUnavailableError {
    const why = this.#attempt?.failure ?? 'they are too old';
    return new ProofUnavailableError(`The keys of Entra ID cannot be fetched: ${why}.`);
  }

  /** Fetches the keys, unless that was tried just now; those that are waiting share one fetch. */
  async #refresh(): Promise<void> {
    if (this.#fetching === undefined) {
      if (!this.#mayFetch()) return;
      this.#fetching = this.#fetchKeys().finally(() => (this.#fetching = undefined));
    }
    await this.#fetching;
  }

  #mayFetch(): boolean {
    if (this.#attempt === undefined) return true;
    const intervalMs = this.#attempt.failure === undefined ? FETCH_INTERVAL_MS : RETRY_INTERVAL_MS;
    return this.#options.now() - this.#attempt.at >= intervalMs;
  }

  /** Never throws: what was fetched before goes on being used. */
  async #fetchKeys(): Promise<void> {
    const { uri, now, fetch: get = fetch } = this.#options;
    const at = now();
    try {
      const response = await get(uri, {
        redirect: 'error',
        signal: AbortSignal.timeout(PROOF_TIME_MS),
      });
      if (!response.ok) throw new Error(`HTTP status ${response.status}`);
      const find = createLocalJWKSet((await response.json()) as JSONWebKeySet);
      this.#keys = { find, fetchedAt: at };
      this.#attempt = { at };
    } catch (error) {
      this.#attempt = { at, failure: error instanceof Error ? error.message : String(error) };
    }
  }
}

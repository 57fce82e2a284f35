import { createHash } from 'node:crypto';
import { PROOF_TIME_MS } from '../../core/answer-time.ts';
import { type FunctionKeys, ProofUnavailableError } from '../../use-cases/ports.ts';

/** The host is not asked again for this long, so a key that was withdrawn opens no longer than that. */
const KEPT_MS = 60_000;
/** What a header can carry and a key may look like. */
const KEY_FORM = /^[\x21-\x7e]{1,512}$/;

export interface HostFunctionKeysOptions {
  /** A route of this app that does nothing and that the host opens with a key only. */
  readonly uri: string;
  /** ms since the epoch */
  readonly now: () => number;
  /** Default: the global one. */
  readonly fetch?: typeof fetch;
}

/**
 * The keys of the Functions host. An app cannot read them; the host tells whether one is good by
 * letting a request with it through to a route of the level `function`.
 */
export class HostFunctionKeys implements FunctionKeys {
  readonly #options: HostFunctionKeysOptions;
  /** Digests of good keys, and until when they are believed. A bad key leaves nothing behind. */
  readonly #known = new Map<string, number>();

  constructor(options: HostFunctionKeysOptions) {
    this.#options = options;
  }

  async accepts(key: string): Promise<boolean> {
    if (!KEY_FORM.test(key)) return false;
    const digest = createHash('sha256').update(key).digest('base64');
    if ((this.#known.get(digest) ?? 0) > this.#options.now()) return true;
    this.#known.delete(digest);
    const isGood = await this.#ask(key);
    if (isGood) this.#known.set(digest, this.#options.now() + KEPT_MS);
    return isGood;
  }

  async #ask(key: string): Promise<boolean> {
    const { uri, fetch: get = fetch } = this.#options;
    const response = await get(uri, {
      headers: { 'x-functions-key': key },
      // The key goes nowhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(PROOF_TIME_MS),
    }).catch((cause: unknown) => {
      throw new ProofUnavailableError('The host could not be asked about a key.', { cause });
    });
    await response.body?.cancel();
    if (response.status === 204) return true;
    if (response.status === 401) return false;
    throw new ProofUnavailableError(`The host answered ${response.status} about a key.`);
  }
}

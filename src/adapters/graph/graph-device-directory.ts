import type { Client } from '@microsoft/microsoft-graph-client';
import { type Answer, classifyAnswer } from '../../core/answer.ts';
import { type BackoffPolicy, backoffMs } from '../../core/backoff.ts';
import type { ListedDevice } from '../../core/device.ts';
import { listingFailed } from '../../core/problems.ts';
import { LIST_DEVICES_ROLE } from '../../core/roles.ts';
import { type Clock, type DeviceDirectory, ListingError } from '../../use-cases/ports.ts';
import type { GraphToken } from '../identity/graph-token.ts';
import { callGraph } from './graph-reply.ts';
import { pageSchema, selectedProperties, toListedDevice } from './managed-device.ts';

export interface DirectoryOptions {
  readonly client: Client;
  readonly token: Pick<GraphToken, 'renew'>;
  /** Graph's root; a next page anywhere else is not followed. */
  readonly endpoint: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly policy: BackoffPolicy & { readonly maxRetries: number };
}

/** The largest page Graph gives (1,000 devices); more is undefined behaviour. */
const PAGE_SIZE = 1_000;

/** Ten million devices. A list without an end would otherwise be followed for ever. */
const MAX_PAGES = 10_000;

/**
 * Slow pages were seen in large tenants; a page that takes longer is tried again. With the longest
 * wait it stays under the 90 s after which a planner without a sign of life is taken for dead.
 */
const PAGE_TIMEOUT_MS = 45_000;

/** Longer than this the list waits on the queue, not on billed time. */
const MAX_SIT_OUT_MS = 30_000;

/** A list that was throttled for so long in all goes back to the queue as well. */
const MAX_THROTTLED_MS = 300_000;

/** The least wait after a 429, whatever it asks for. */
const MIN_THROTTLED_MS = 1_000;

type Page = (typeof pageSchema)['_zod']['output'];

/** Lists the managed devices of the tenant with `$select` and every page. */
export class GraphDeviceDirectory implements DeviceDirectory {
  readonly #options: DirectoryOptions;

  constructor(options: DirectoryOptions) {
    this.#options = options;
  }

  async *listDevices(): AsyncIterable<readonly ListedDevice[]> {
    const select = selectedProperties.join(',');
    let url: string | undefined =
      `/deviceManagement/managedDevices?$select=${select}&$top=${PAGE_SIZE}`;
    for (let pages = 0; url !== undefined; pages++) {
      if (pages === MAX_PAGES) throw failure(`The list has more than ${MAX_PAGES} pages.`);
      const page: Page = yield* this.#getPage(url);
      yield page.value.map(toListedDevice);
      url = this.#checked(page['@odata.nextLink']);
    }
  }

  /**
   * One page, however often it takes within the policy. An empty page is given before each wait: it
   * is the sign of life of whoever lists.
   */
  async *#getPage(url: string): AsyncGenerator<readonly ListedDevice[], Page> {
    const { clock, random, policy, token } = this.#options;
    let isRenewed = false;
    let throttledMs = 0;
    for (let failures = 0, throttled = 0; ;) {
      const answer = await this.#tryPage(url);
      if (!('status' in answer)) return answer;
      yield [];
      if (answer.status === 401 && !isRenewed) {
        isRenewed = true;
        await token.renew();
        continue;
      }
      const verdict = classifyAnswer(answer, LIST_DEVICES_ROLE);
      if (verdict.kind === 'refused') throw new ListingError(verdict.problem);
      const isThrottled = verdict.kind === 'throttled';
      if (!isThrottled && verdict.kind !== 'transient') throw pageFailed(answer);
      if (isThrottled) throttled++;
      else if (++failures > policy.maxRetries) throw pageFailed(answer);
      const asked = verdict.retryAfterMs ?? backoffMs(failures + throttled, policy, random);
      const waitMs = isThrottled ? Math.max(asked, MIN_THROTTLED_MS) : asked;
      if (isThrottled) throttledMs += waitMs;
      if (waitMs > MAX_SIT_OUT_MS || throttledMs > MAX_THROTTLED_MS) {
        throw failure('Graph asked for a long wait.', waitMs);
      }
      await clock.sleep(waitMs);
    }
  }

  async #tryPage(url: string): Promise<Page | Answer> {
    const { client } = this.#options;
    const call = { url, version: 'v1.0', timeoutMs: PAGE_TIMEOUT_MS };
    const reply = await callGraph(client, call);
    if (reply.kind === 'failed') return reply.answer;
    const page = pageSchema.safeParse(reply.body);
    return page.success ? page.data : { status: 0, code: 'unreadableAnswer' };
  }

  /** The token goes along with every page, so a page must be on the configured Graph. */
  #checked(nextLink: string | undefined): string | undefined {
    if (nextLink === undefined) return undefined;
    const origin = URL.parse(nextLink)?.origin;
    if (origin === new URL(this.#options.endpoint).origin) return nextLink;
    throw failure('The link to the next page leads to another server and was not followed.');
  }
}

function pageFailed({ status, code }: Answer): ListingError {
  const what = status === 0 ? `no answer (${code ?? 'unknown'})` : `status ${status}`;
  return failure(`A page of the list still failed after its retries: ${what}.`);
}

function failure(why: string, retryAfterMs?: number): ListingError {
  return new ListingError(listingFailed(why), retryAfterMs === undefined ? {} : { retryAfterMs });
}

import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import type { Answer } from '../../core/answer.ts';
import type { Clock } from '../../use-cases/ports.ts';
import type { GraphToken } from '../identity/graph-token.ts';
import { type GraphCall, callGraph } from './graph-reply.ts';
import {
  type Again,
  type PatienceOptions,
  listingError,
  listingPatience,
} from './listing-patience.ts';

export interface ListOptions extends Omit<PatienceOptions, 'role' | 'ifMissing' | 'problemOf'> {
  readonly client: Client;
  readonly token: Pick<GraphToken, 'renew'>;
  /** Graph's root; a next page anywhere else is not followed. */
  readonly endpoint: string;
  readonly clock: Clock;
}

/**
 * Slow pages were seen in large tenants; a page that takes longer is tried again. With the longest
 * wait it stays under the 90 s after which a planner without a sign of life is taken for dead.
 */
const PAGE_TIMEOUT_MS = 45_000;

/** Ten million devices. A list without an end would otherwise be followed for ever. */
const MAX_PAGES = 10_000;

/**
 * Follows a list to its very end. Before each wait an empty page is given: it is the sign of life of
 * whoever lists.
 *
 * @param headers sent with every page, since a link to a next page does not carry them
 * @throws ListingError
 */
export async function* listPages<Item>(
  options: ListOptions & Pick<PatienceOptions, 'role' | 'ifMissing'>,
  firstUrl: string,
  itemSchema: z.ZodType<Item>,
  headers: Readonly<Record<string, string>> = {},
): AsyncIterable<readonly Item[]> {
  const pageSchema = z.object({
    value: z.array(itemSchema),
    '@odata.nextLink': z.string().optional(),
  });
  let url: string | undefined = firstUrl;
  for (let pages = 0; url !== undefined; pages++) {
    if (pages === MAX_PAGES) throw listingError(`The list has more than ${MAX_PAGES} pages.`);
    const call = { url, version: 'v1.0', timeoutMs: PAGE_TIMEOUT_MS, headers };
    const body = yield* callPatiently(options, call, (json) => pageSchema.safeParse(json).data);
    yield body.value;
    url = checked(body['@odata.nextLink'], options.endpoint);
  }
}

/**
 * Makes one call, again and again within the policy, until it gives something that can be read.
 *
 * @param read returns `undefined` for a body that makes no sense
 * @throws ListingError
 */
export async function* callPatiently<Body>(
  options: ListOptions & Pick<PatienceOptions, 'role' | 'ifMissing' | 'problemOf'>,
  call: GraphCall,
  read: (json: unknown) => Body | undefined,
): AsyncGenerator<never[], Body> {
  const again = listingPatience(options);
  for (;;) {
    const reply = await callGraph(options.client, call);
    const body = reply.kind === 'json' ? read(reply.body) : undefined;
    if (body !== undefined) return body;
    const unreadable: Answer = { status: 0, code: 'unreadableAnswer' };
    const next = again(reply.kind === 'failed' ? reply.answer : unreadable);
    yield [];
    await prepare(options, next);
  }
}

/** Does what has to be done before the same call is made again. */
export async function prepare({ token, clock }: ListOptions, next: Again): Promise<void> {
  if (next.kind === 'wait') return clock.sleep(next.waitMs);
  try {
    await token.renew();
  } catch {
    // Without a new token the next answer is 401 again, and that one ends the list.
  }
}

/** The token goes along with every page, so a page must be on the configured Graph. */
function checked(nextLink: string | undefined, endpoint: string): string | undefined {
  if (nextLink === undefined) return undefined;
  if (URL.parse(nextLink)?.origin === new URL(endpoint).origin) return nextLink;
  throw listingError('The link to the next page leads to another server and was not followed.');
}

import { UnreachableError } from '../errors.ts';
import { withRetries } from './retries.ts';
import { type ApiRequest, type SendTools, callOf, send } from './send.ts';
import type { SilenceLimit } from './silence-limit.ts';

/** Takes the chunks as they arrive; called again, from the start, when an answer broke off. */
export type ChunkReader = (chunks: AsyncIterable<Uint8Array>) => Promise<void>;

/**
 * Asks for CSV and streams it. The time limit is on silence, not on the whole: 100,000 devices take
 * a while.
 *
 * @throws UnreachableError when the answer is no CSV.
 */
export function readCsv(request: ApiRequest, read: ChunkReader, tools: SendTools): Promise<void> {
  const once = () =>
    send(request, tools, async (response, limit) => {
      const type = response.headers.get('content-type') ?? 'nothing';
      if (!type.startsWith('text/csv') || response.body === null) {
        throw new UnreachableError(
          `${callOf(request)} answered ${type} instead of CSV. Check FLEET_SYNC_URL.`,
        );
      }
      await read(heard(response.body, limit));
    });
  return withRetries(once, tools.context);
}

async function* heard(
  body: AsyncIterable<Uint8Array>,
  limit: SilenceLimit,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    limit.heard();
    yield chunk;
  }
}

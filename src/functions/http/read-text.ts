import type { HttpRequest } from '@azure/functions';
import { HttpProblem } from './problem.ts';

/**
 * A body that goes on beyond this is not read any further, bytes: its connection breaks, and whether
 * the answer gets through is chance. The host takes none that is larger
 * (FUNCTIONS_REQUEST_BODY_SIZE_LIMIT, 100 MB by default).
 */
const MAX_DISCARDED_BYTES = 100 * 1024 * 1024;

/**
 * The body as text, held only as far as it may go, whatever `Content-Length` says. What is beyond is
 * read and thrown away: an answer that is sent while the caller still uploads may never reach it.
 *
 * @throws HttpProblem 413, 400 for what is not UTF-8
 */
export async function readText(
  { body }: Pick<HttpRequest, 'body'>,
  limitBytes: number,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes <= limitBytes) chunks.push(chunk);
    if (bytes > MAX_DISCARDED_BYTES) break;
  }
  if (bytes > limitBytes) {
    throw new HttpProblem(413, `The body may have ${limitBytes} bytes at most.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new HttpProblem(400, 'The body is not text in UTF-8.');
  }
}

/** Reads the body of a request that is refused and keeps nothing of it, so that the refusal arrives. */
export async function discardBody({ body }: Pick<HttpRequest, 'body'>): Promise<void> {
  let bytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_DISCARDED_BYTES) break;
  }
}

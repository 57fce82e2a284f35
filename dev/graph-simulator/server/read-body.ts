import type { IncomingMessage } from 'node:http';
import { BadRequest } from '../graph/bad-request.ts';

// Far above any request Graph accepts from this project; only keeps a mistake from filling memory.
const limitBytes = 4 * 1024 * 1024;

/** Reads a request body to its end; undefined when it is larger than 4 MB. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and dropped, so that the client gets to see the answer.
    if (size <= limitBytes) chunks.push(chunk);
  }
  return size > limitBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}

/**
 * Parses what `readBody` returned.
 *
 * @returns undefined when the body is empty
 * @throws BadRequest when it was too large or is not JSON
 */
export function parseJsonBody(text: string | undefined): unknown {
  if (text === undefined) throw new BadRequest('The request body is larger than 4 MB.');
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BadRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
}

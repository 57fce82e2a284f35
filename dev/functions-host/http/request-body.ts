import type { IncomingMessage } from 'node:http';

/** The real host's default: 100 MB, changed by FUNCTIONS_REQUEST_BODY_SIZE_LIMIT (bytes). */
export const DEFAULT_BODY_LIMIT_BYTES = 104_857_600;

/**
 * Reads a request's body into memory, as the host does unless HTTP streaming is on.
 *
 * @returns undefined as soon as the body is known to exceed the limit; the rest is then discarded by
 *   the server once the response has ended
 * @throws when the client goes away before the end
 */
export async function readBody(
  request: IncomingMessage,
  limitBytes: number,
): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return undefined;
  return await new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limitBytes) return chunks.push(chunk);
      resolve(undefined);
      return chunks.splice(0);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client closed the connection')));
  });
}

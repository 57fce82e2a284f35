import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** Application Insights' own limit for one request is 64 KB compressed; this is only a guard. */
const maxBodyBytes = 32 * 1024 * 1024;

/**
 * Reads the body of a `track` request into its entries, whichever form it has: a JSON array (the
 * OpenTelemetry exporters), one JSON object, or one object per line (older SDKs); plain or gzip.
 *
 * @throws Error that says what is wrong with the body.
 */
export async function readEnvelopes(request: IncomingMessage): Promise<unknown[]> {
  const body = await readBody(request);
  const isGzip = request.headers['content-encoding'] === 'gzip';
  const text = (isGzip ? gunzipSync(body) : body).toString('utf8').trim();
  if (text === '') throw new Error('The body is empty.');
  if (text.startsWith('[')) return JSON.parse(text) as unknown[];
  return text.split('\n').map((line): unknown => JSON.parse(line));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new Error(`The body is over ${maxBodyBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

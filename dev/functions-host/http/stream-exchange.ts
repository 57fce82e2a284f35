import { request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { TypedData } from '../instance/core-types.ts';
import { endToEndHeaders } from './connection-headers.ts';
import type { RouteParameters } from './match-route.ts';
import { pipeBody } from './pipe-body.ts';
import { absoluteUrl, plainHeaders } from './rpc-request.ts';

/** An exchange that runs beside its invocation. */
export interface StreamExchange {
  /** Ends when the response was passed on whole; throws when either side broke off. */
  finished: Promise<void>;
  /** Gives up, because the invocation failed. */
  abort: () => void;
}

/**
 * Passes a request to the HTTP server that the library opens with `app.setup({ enableHttpStream:
 * true })`, and its response back. Neither body is held in memory. The library finds the invocation
 * by its id in a header.
 *
 * @param httpUri the library's server
 */
export function startStreamExchange(
  request: IncomingMessage,
  response: ServerResponse,
  invocationId: string,
  httpUri: string,
  origin: string,
): StreamExchange {
  const upstream = httpRequest({
    host: '127.0.0.1',
    port: new URL(httpUri).port,
    method: request.method,
    path: request.url,
    headers: [
      ...endToEndHeaders(request.rawHeaders),
      ...['x-ms-invocation-id', invocationId],
      ...['x-forwarded-host', absoluteUrl(request, origin).host, 'x-forwarded-proto', 'http'],
    ],
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    upstream.on('response', resolve).on('error', reject);
  });
  pipeBody(request, upstream);
  response.on('close', () => upstream.destroy());
  const finished = answered.then(async (answer) => {
    const status = answer.statusCode ?? 500;
    response.writeHead(status, endToEndHeaders(answer.rawHeaders));
    await pipeline(answer, response);
  });
  finished.catch(() => undefined);
  return { finished, abort: () => upstream.destroy() };
}

/** The trigger metadata from which the library makes headers and parameters of a streamed request. */
export function toStreamMetadata(
  request: IncomingMessage,
  parameters: RouteParameters,
): Record<string, TypedData> {
  const entries = Object.entries(parameters).map(([name, value]) => [name, { string: value }]);
  return {
    ...(Object.fromEntries(entries) as Record<string, TypedData>),
    Headers: { json: JSON.stringify(plainHeaders(request)) },
  };
}

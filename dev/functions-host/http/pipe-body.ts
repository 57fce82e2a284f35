import type { ClientRequest, IncomingMessage } from 'node:http';

/**
 * Passes a request's body on. When the receiver has answered without reading all of it, the rest is
 * read and dropped: an unread body would block the client's connection and its next request.
 */
export function pipeBody(request: IncomingMessage, upstream: ClientRequest): void {
  upstream.on('close', () => {
    request.unpipe(upstream);
    request.resume();
  });
  request.pipe(upstream);
}

import { request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { endToEndHeaders } from '../http/connection-headers.ts';
import { pipeBody } from '../http/pipe-body.ts';
import type { InstancePool } from './instance-pool.ts';

/** How long a request waits for an instance, which covers the replacement of a killed one. */
const WAIT_FOR_INSTANCE_MS = 10_000;
/** Pause before the next try when an instance is gone: its end is about to be noticed. */
const GONE_PAUSE_MS = 50;

/**
 * Hands a request to an instance and its answer back, both streamed. A request that an instance has
 * not taken up is handed to another; one that it has may have taken effect, and when its answer is
 * lost the client gets 502.
 *
 * @param pool where instances are picked from
 */
export async function proxyRequest(
  request: IncomingMessage,
  response: ServerResponse,
  pool: Pick<InstancePool, 'pick'>,
): Promise<void> {
  const deadline = performance.now() + WAIT_FOR_INSTANCE_MS;
  while (!response.closed) {
    const port = await pool.pick(deadline - performance.now());
    if (port === undefined) {
      answerStatus(response, 503);
      return;
    }
    if (await offer(request, response, port)) return;
    await delay(GONE_PAUSE_MS);
  }
}

/**
 * Sends the request's head with `Expect: 100-continue`, and everything else when the instance has
 * answered that: before it does, it has surely done nothing with the request.
 *
 * @returns whether the instance took the request up
 */
async function offer(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<boolean> {
  const headers = [...endToEndHeaders(request.rawHeaders), 'expect', '100-continue'];
  const { method, url: path } = request;
  const upstream = httpRequest({ host: '127.0.0.1', port, agent: false, method, path, headers });
  upstream.flushHeaders();
  return await new Promise((resolve) => {
    let isTakenUp = false;
    upstream.on('continue', () => {
      isTakenUp = true;
      resolve(true);
      pipeBody(request, upstream);
    });
    upstream.on('response', (answer) => passOn(answer, response));
    upstream.on('error', () => {
      resolve(false);
      if (isTakenUp && response.headersSent) response.destroy();
      else if (isTakenUp) answerStatus(response, 502);
    });
    // The client left: the instance need not go on sending.
    response.on('close', () => upstream.destroy());
  });
}

function passOn(answer: IncomingMessage, response: ServerResponse): void {
  const { statusCode = 502, statusMessage = '', rawHeaders } = answer;
  response.writeHead(statusCode, statusMessage, endToEndHeaders(rawHeaders));
  answer.pipe(response);
  answer.on('error', () => response.destroy());
}

function answerStatus(response: ServerResponse, status: 502 | 503): void {
  response.writeHead(status, { 'content-length': 0, 'retry-after': '1' }).end();
}

import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FunctionDefinition } from '../instance/function-definition.ts';
import type { Invoker } from '../instance/invoker.ts';
import { handleAdminRequest } from './admin.ts';
import type { AdminOptions } from './admin.ts';
import { isAuthorised } from './authorisation.ts';
import { readBody } from './request-body.ts';
import { createRouter } from './router.ts';
import type { RouteMatch, Router } from './router.ts';
import { toRpcRequest } from './rpc-request.ts';
import { startStreamExchange, toStreamMetadata } from './stream-exchange.ts';
import { writeResponse, writeStatus } from './write-response.ts';
import { randomUUID } from 'node:crypto';
import { keepAliveTimeoutMs } from '../../loopback-server.ts';

/** What the HTTP side of an instance needs. */
export interface HttpServerOptions extends AdminOptions {
  functions: ReadonlyMap<string, FunctionDefinition>;
  invoker: Invoker;
  routePrefix: string;
  /** The key that opens every route. */
  hostKey: string;
  bodyLimitBytes: number;
  /** Where clients reach the host, `http://127.0.0.1:7071`. */
  origin: string;
  /** The library's own server, when the app switched HTTP streaming on. */
  httpUri?: string;
  /** Takes every exchange, so that a stop can wait for it. */
  track: (work: Promise<unknown>) => void;
}

/**
 * Serves an instance's HTTP functions and the admin route on a free loopback port.
 *
 * @returns the server, listening
 */
export async function startHttpServer(options: HttpServerOptions): Promise<Server> {
  const router = createRouter(options.functions.values(), options.routePrefix);
  const server = createServer((request, response) => {
    const exchange = answer(request, response).catch(() => {
      // The invoker has logged why; the caller learns no more than that it failed.
      if (response.headersSent) response.destroy();
      else writeStatus(response, 500);
    });
    options.track(exchange.then(() => finished(response)));
  });

  server.keepAliveTimeout = keepAliveTimeoutMs;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (/^\/admin(?:\/|$)/i.test(request.url ?? '/')) {
      await handleAdminRequest(request, response, options);
      return;
    }
    const refusal = await run(request, response, options, router);
    if (refusal === undefined) return;
    await discardBody(request);
    writeStatus(response, refusal);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return server;
}

/** Port of a listening server. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Runs the request's function. @returns the status to answer when it does not come to that */
async function run(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpServerOptions,
  router: Router,
): Promise<401 | 404 | 413 | undefined> {
  const match = router(request.method ?? 'GET', request.url ?? '/');
  if (match === undefined) return 404;
  if (!isAuthorised(match.authLevel, request, options.hostKey)) return 401;
  if (options.httpUri !== undefined) {
    await answerStreamed(request, response, match, options, options.httpUri);
    return undefined;
  }
  const body = await readBody(request, options.bodyLimitBytes);
  if (body === undefined) return 413;
  const http = toRpcRequest(request, match.parameters, body, options.origin);
  const input = { data: { http }, ...describeRequest(request) };
  const { returnValue } = await options.invoker.invoke(match.definition, input);
  writeResponse(response, returnValue?.http ?? { statusCode: '204' });
  return undefined;
}

async function answerStreamed(
  request: IncomingMessage,
  response: ServerResponse,
  { definition, parameters }: RouteMatch,
  { invoker, origin }: HttpServerOptions,
  httpUri: string,
): Promise<void> {
  const invocationId = randomUUID();
  const exchange = startStreamExchange(request, response, invocationId, httpUri, origin);
  const metadata = toStreamMetadata(request, parameters);
  try {
    const input = { data: { http: {} }, metadata, invocationId, ...describeRequest(request) };
    await invoker.invoke(definition, input);
  } catch (error) {
    exchange.abort();
    throw error;
  }
  await exchange.finished;
}

function describeRequest(request: IncomingMessage): { reason: string; traceParent?: string } {
  const traceParent = request.headers['traceparent'];
  // Without the query, which may hold the key.
  const path = (request.url ?? '/').replace(/\?.*$/s, '');
  const reason = `${request.method ?? 'GET'} ${path}`;
  return { reason, ...(typeof traceParent === 'string' && { traceParent }) };
}

/**
 * Reads what is left of the body. An answer that is sent while the client still uploads may never
 * reach it: the connection closes on data that nobody reads, and is reset.
 */
async function discardBody(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  request.resume();
  await new Promise((resolve) => request.once('end', resolve).once('close', resolve));
}

/** Resolves when the response has left, or its client has. */
async function finished(response: ServerResponse): Promise<void> {
  if (response.closed || response.writableFinished) return;
  await new Promise((resolve) => response.once('close', resolve));
}

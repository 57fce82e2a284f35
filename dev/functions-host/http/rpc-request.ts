import type { IncomingMessage } from 'node:http';
import type { Nullable, RpcHttp } from '../instance/core-types.ts';
import { isEndToEnd } from './connection-headers.ts';
import type { RouteParameters } from './match-route.ts';

/**
 * The request as the library expects it. Headers without a value are left out and repeated query
 * keys are joined with a comma, as the real host does.
 *
 * @param origin used for the URL when the client sent no usable Host header
 */
export function toRpcRequest(
  request: IncomingMessage,
  parameters: RouteParameters,
  body: Buffer,
  origin: string,
): RpcHttp {
  const url = absoluteUrl(request, origin);
  return {
    url: url.href,
    method: request.method ?? 'GET',
    nullableHeaders: nullable(plainHeaders(request)),
    nullableQuery: nullable(joinQuery(url.searchParams)),
    nullableParams: nullable(parameters),
    body: { bytes: body },
  };
}

/** The request's own headers with a value, repeated ones joined. */
export function plainHeaders(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers).map(([name, value]) => {
    return [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const;
  });
  return Object.fromEntries(entries.filter(([name, value]) => value !== '' && isEndToEnd(name)));
}

/** The URL as the client wrote it. */
export function absoluteUrl(request: IncomingMessage, origin: string): URL {
  const path = request.url ?? '/';
  const byHost = URL.parse(`http://${request.headers.host ?? ''}${path}`);
  return byHost ?? new URL(`${origin}${path}`);
}

function joinQuery(query: URLSearchParams): Record<string, string> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(names.map((name) => [name, query.getAll(name).join(',')]));
}

function nullable(values: Record<string, string>): Record<string, Nullable<string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}

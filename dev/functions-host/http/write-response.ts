import type { ServerResponse } from 'node:http';
import type { RpcHttp } from '../instance/core-types.ts';
import { isEndToEnd } from './connection-headers.ts';
import { formatCookie } from './format-cookie.ts';

/**
 * Writes the library's response. The length is counted here: a handler's own `content-length` could
 * be wrong and would break the connection.
 */
export function writeResponse(response: ServerResponse, http: RpcHttp): void {
  response.statusCode = Number(http.statusCode ?? 200);
  for (const [name, value] of Object.entries(http.headers ?? {})) {
    if (isEndToEnd(name) && name !== 'content-length') response.setHeader(name, value);
  }
  for (const cookie of http.cookies ?? [])
    response.appendHeader('set-cookie', formatCookie(cookie));
  response.end(http.body?.bytes ?? http.body?.string);
}

/** Answers with a status and nothing else, as the host does whenever it answers by itself. */
export function writeStatus(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end();
}

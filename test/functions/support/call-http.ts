import {
  type HttpHandler,
  HttpRequest,
  type HttpRequestInit,
  HttpResponse,
} from '@azure/functions';
import { anInvocation } from './an-invocation.ts';

/** What a caller would receive, and what the host would log. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  /** Parsed JSON. */
  body: unknown;
  log: string[];
}

/** Calls an HTTP handler with a request as the host makes it; GET unless told otherwise. */
export async function callHttp(
  handler: HttpHandler,
  init: HttpRequestInit = {},
): Promise<HttpAnswer> {
  const { context, log } = anInvocation();
  const request = new HttpRequest({ method: 'GET', url: 'http://localhost/api/runs', ...init });
  const result = await handler(request, context);
  const response = result instanceof HttpResponse ? result : new HttpResponse(result);
  const { status, headers } = response;
  return { status, headers: Object.fromEntries(headers), body: await response.json(), log };
}

/** A POST with a body of JSON, or of the given text. */
export function aPost(body: unknown, headers: Record<string, string> = {}): HttpRequestInit {
  const string = typeof body === 'string' ? body : JSON.stringify(body);
  const type = { 'content-type': 'application/json' };
  return { method: 'POST', body: { string }, headers: { ...type, ...headers } };
}

/** The headers of an answer that is a problem, and of one that is not. */
export const problemHeaders = { 'content-type': 'application/problem+json' };
export const jsonHeaders = { 'content-type': 'application/json' };

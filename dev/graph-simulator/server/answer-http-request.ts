import type { IncomingMessage } from 'node:http';
import { readAccessToken } from '../graph/access-token.ts';
import { BadRequest } from '../graph/bad-request.ts';
import { graphError } from '../graph/errors.ts';
import { evaluateBatch } from '../graph/evaluate-batch.ts';
import { evaluateRequest } from '../graph/evaluate-request.ts';
import { apiVersions, type GraphResponse, type Trace } from '../graph/messages.ts';
import { parsePathSegments } from '../graph/path-segments.ts';
import type { Simulation } from '../simulation.ts';
import { parseJsonBody } from './read-body.ts';

/**
 * Answers an HTTP request as Graph's gateway does: token, version, then the request itself.
 *
 * @param bodyText the body as `readBody` returned it
 */
export function answerHttpRequest(
  simulation: Simulation,
  message: IncomingMessage,
  bodyText: string | undefined,
  trace: Trace,
): GraphResponse {
  let body: unknown;
  let segments: string[];
  const url = URL.parse(message.url ?? '/', simulation.origin);
  if (url === null) return graphError(400, 'BadRequest', 'Malformed request URL.', trace);
  try {
    body = parseJsonBody(bodyText);
    segments = parsePathSegments(url.pathname);
  } catch (error) {
    if (!(error instanceof BadRequest || error instanceof URIError)) throw error;
    return graphError(400, 'BadRequest', error.message, trace);
  }
  const caller = readAccessToken(message.headers.authorization, trace.now);
  if ('refused' in caller) {
    const challenge = { 'WWW-Authenticate': 'Bearer realm="", error="invalid_token"' };
    return graphError(401, 'InvalidAuthenticationToken', caller.refused, trace, challenge);
  }
  const [name = '', ...path] = segments;
  const version = apiVersions.find((known) => known === name.toLowerCase());
  if (version === undefined) {
    return graphError(404, 'ResourceNotFound', `Invalid version: ${name}`, trace);
  }
  const method = message.method ?? 'GET';
  const { headers } = message;
  const request = { method, version, query: url.searchParams, headers, body, caller, trace };
  const isBatch = method === 'POST' && path.length === 1 && path[0]?.toLowerCase() === '$batch';
  return isBatch
    ? evaluateBatch(simulation, { ...request, segments: path })
    : evaluateRequest(simulation, { ...request, segments: path });
}

import { shuffle } from '../random.ts';
import type { Simulation } from '../simulation.ts';
import { BadRequest } from './bad-request.ts';
import { parseBatch, type BatchItem } from './batch-body.ts';
import { graphError } from './errors.ts';
import { evaluateRequest } from './evaluate-request.ts';
import { injectedError } from './fault-responses.ts';
import type { GraphRequest, GraphResponse } from './messages.ts';
import { parsePathSegments } from './path-segments.ts';

type ItemResponse = GraphResponse & { id: string };

/**
 * Evaluates a $batch. The batch itself counts against no quota; each item does, and is judged,
 * throttled and failed alone, while the answer to the whole is 200. Answers come in any order.
 */
export function evaluateBatch(simulation: Simulation, request: GraphRequest): GraphResponse {
  const injected = simulation.dice.status(simulation.faults);
  if (injected !== undefined) return injectedError(simulation, request, injected);
  let items: BatchItem[];
  try {
    items = parseBatch(request.body);
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    return graphError(400, 'BadRequest', error.message, request.trace);
  }
  simulation.statistics.count('batchRequests');
  simulation.statistics.count('batchItems', items.length);
  const answered = evaluateItems(simulation, request, items);
  const responses = shuffle(answered, () => simulation.dice.choice());
  return {
    status: 200,
    headers: {},
    body: { responses: responses.map((response) => toItem(simulation, response)) },
    delayMs: Math.max(0, ...responses.map(({ delayMs }) => delayMs ?? 0)),
  };
}

function evaluateItems(
  simulation: Simulation,
  request: GraphRequest,
  items: readonly BatchItem[],
): ItemResponse[] {
  const succeeded = new Set<string>();
  const answered: ItemResponse[] = [];
  for (const item of items) {
    const fault = simulation.dice.item(simulation.faults);
    if (fault !== 'none') simulation.statistics.fault(fault);
    if (fault === 'missingBefore') continue;
    const response = item.dependsOn.every((id) => succeeded.has(id.toLowerCase()))
      ? evaluateItem(simulation, request, item)
      : graphError(424, 'FailedDependency', '', request.trace);
    if (response.status < 400) succeeded.add(item.id.toLowerCase());
    if (fault === 'missingAfter') continue;
    simulation.statistics.answer(response.status, true);
    answered.push({ ...response, id: item.id });
  }
  return answered;
}

function evaluateItem(simulation: Simulation, outer: GraphRequest, item: BatchItem): GraphResponse {
  // A base makes the URL parser accept a relative address; a full one would replace it.
  const base = 'relative://batch/';
  const url = URL.parse(item.url.replace(/^\/+/, ''), base);
  if (url === null || !url.href.startsWith(base)) {
    return graphError(400, 'BadRequest', 'Invalid request URL in the batch.', outer.trace);
  }
  let segments: string[];
  try {
    segments = parsePathSegments(url.pathname);
  } catch {
    return graphError(400, 'BadRequest', 'Malformed escape in the request URL.', outer.trace);
  }
  return evaluateRequest(simulation, {
    ...outer,
    method: item.method,
    segments,
    query: url.searchParams,
    headers: lowerCaseNames(item.headers),
    body: item.body,
  });
}

/** Header names come in either casing; HTTP says that they mean the same (RFC 9110, 5.1). */
function toItem({ dice }: Simulation, response: ItemResponse) {
  const { id, status, headers, body, contentType = 'application/json' } = response;
  const named = dice.choice() < 0.5 ? headers : lowerCaseNames(headers);
  const type =
    body === undefined ? { 'Cache-Control': 'no-cache' } : { 'Content-Type': contentType };
  return { id, status, headers: { ...named, ...type }, body: itemBody(response) };
}

/** A batch is JSON, so that a stream in it is base64: learn.microsoft.com/graph/json-batching */
function itemBody({ body, contentType }: ItemResponse): unknown {
  if (body === undefined) return null;
  return contentType === undefined ? body : Buffer.from(JSON.stringify(body)).toString('base64');
}

function lowerCaseNames(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

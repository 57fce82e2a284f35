import { parseRetryAfter } from '../../core/retry-after.ts';
import type { CliContext } from '../context.ts';
import { ApiError } from '../errors.ts';
import { type Reading, exchange } from './exchange.ts';
import { readProblem } from './problem.ts';

/** One request to the app. */
export interface ApiRequest {
  method: 'GET' | 'POST';
  /** Below `/api`, for example `/runs`. */
  path: string;
  /** Parameters; those that are `undefined` are left out. */
  query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Makes a POST one that can be repeated without doing its work twice. */
  idempotencyKey?: string;
}

/** What sending needs. */
export interface SendTools {
  /** The app's address, without a trailing slash. */
  url: string;
  /** Headers that prove who is calling. */
  credentials: () => Promise<Record<string, string>>;
  context: Pick<CliContext, 'fetch' | 'signal' | 'requestTimeoutMs' | 'now' | 'sleep'>;
}

/**
 * Sends a request once and hands its answer to `read`; the app may be silent for the context's
 * timeout before and while the body arrives.
 *
 * @throws ApiError for any answer but 2xx, UnreachableError when there is none, and whatever
 * `context.signal` was aborted with.
 */
export async function send<T>(
  request: ApiRequest,
  tools: SendTools,
  read: Reading<T>['read'],
): Promise<T> {
  const { context, url } = tools;
  const { method, body } = request;
  const headers = await headersOf(request, tools);
  return exchange({ method, address: addressOf(request, url), headers, body }, context, {
    read,
    refusal: (response) => refusal(request, response, context.now()),
    unreachable: (why) =>
      `${url} could not be reached for ${callOf(request)}: ${why}. Check FLEET_SYNC_URL and the network.`,
  });
}

/** What was asked, as messages have it: `GET /api/runs`. */
export function callOf({ method, path }: ApiRequest): string {
  return `${method} /api${path}`;
}

async function headersOf(request: ApiRequest, tools: SendTools): Promise<Record<string, string>> {
  return {
    ...(await tools.credentials()),
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(request.idempotencyKey === undefined ? {} : { 'idempotency-key': request.idempotencyKey }),
  };
}

function addressOf({ path, query = {} }: ApiRequest, url: string): string {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const search = new URLSearchParams(given).toString();
  return `${url}/api${path}${search === '' ? '' : `?${search}`}`;
}

async function refusal(request: ApiRequest, response: Response, now: number): Promise<ApiError> {
  const problem = readProblem(callOf(request), response.status, await response.text());
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), now);
  return new ApiError(response.status, problem, retryAfterMs);
}

import { type Client, GraphError, ResponseType } from '@microsoft/microsoft-graph-client';
import type { Answer } from '../../core/answer.ts';
import { parseRetryAfter } from '../../core/retry-after.ts';
import { noAnswerCode, reasonOf } from './graph-client.ts';
import { parseGraphError } from './graph-error.ts';

export interface GraphCall {
  /** Relative to the version, or the absolute address of a next page. */
  readonly url: string;
  readonly version?: string;
  /** Makes the call a POST. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The call is given up after this, ms. */
  readonly timeoutMs: number;
}

/** A call that came back with JSON, or what an `Answer` says of one that did not. */
export type GraphReply =
  | { readonly kind: 'json'; readonly body: unknown; readonly requestId: string | undefined }
  | { readonly kind: 'failed'; readonly answer: Answer };

/** Makes one call, without retries. What goes wrong on the way is an answer with status 0. */
export async function callGraph(client: Client, call: GraphCall): Promise<GraphReply> {
  let response: Response;
  let text: string;
  try {
    response = await send(client, call);
    text = await response.text();
  } catch (error) {
    return { kind: 'failed', answer: { status: 0, code: codeOf(error) } };
  }
  const code = noAnswerCode(response);
  if (code !== undefined) return { kind: 'failed', answer: { status: 0, code } };
  const body = parseJson(text);
  const requestId = response.headers.get('request-id') ?? undefined;
  if (response.ok && body !== undefined) return { kind: 'json', body, requestId };
  // A page of a proxy, or half an answer: nobody knows what Graph did with the call.
  if (response.ok) return { kind: 'failed', answer: { status: 0, code: 'unreadableAnswer' } };
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), Date.now());
  return {
    kind: 'failed',
    answer: {
      status: response.status,
      ...parseGraphError(body),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(requestId === undefined ? {} : { requestId }),
    },
  };
}

async function send(client: Client, call: GraphCall): Promise<Response> {
  const request = client
    .api(call.url)
    .responseType(ResponseType.RAW)
    .headers({ ...call.headers, 'client-request-id': crypto.randomUUID() })
    .options({ signal: AbortSignal.timeout(call.timeoutMs) });
  if (call.version !== undefined) request.version(call.version);
  const response: unknown =
    call.body === undefined ? await request.get() : await request.post(call.body);
  return response as Response;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The library names what it wrapped in `code`; the identity's errors reach us only so. */
function codeOf(error: unknown): string {
  const wrapped = error instanceof GraphError ? error.code : null;
  return wrapped === 'CredentialUnavailableError' || wrapped === 'AuthenticationRequiredError'
    ? 'noToken'
    : reasonOf(error);
}

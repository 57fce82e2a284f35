import type { HttpHandler, HttpRequest, InvocationContext } from '@azure/functions';
import { type Caller, keyHolder } from '../../core/caller.ts';
import { HttpProblem, problemResponse } from './problem.ts';

/** A caller is asked to come back after this, seconds. */
const RETRY_AFTER_SECONDS = 5;

/**
 * A handler that may be told who is calling. Without that it is the host that has checked a key, or
 * the route is for anyone.
 */
export type ApiHandler = (
  request: HttpRequest,
  context: InvocationContext,
  caller?: Caller,
) => ReturnType<HttpHandler>;

/**
 * Wraps a handler so that every failure is answered as a problem: what the handler names itself, and
 * anything else as 503 when the cause is storage that does not answer, else 500. The host still
 * learns of it from the log.
 */
export function httpHandler(
  handle: (
    request: HttpRequest,
    context: InvocationContext,
    caller: Caller,
  ) => ReturnType<HttpHandler>,
): ApiHandler {
  return async (request, context, caller = keyHolder) => {
    try {
      return await handle(request, context, caller);
    } catch (error) {
      if (error instanceof HttpProblem) return problemResponse(error);
      context.error(
        `The request failed: ${error instanceof Error ? error.message : 'unknown error'}`,
      );
      return problemResponse(isUnavailable(error) ? storageUnavailable() : unexpected(context));
    }
  };
}

/** Whether storage did not answer, or answered that it cannot now. */
function isUnavailable(error: unknown): boolean {
  const { name, statusCode, code } = error as {
    name?: unknown;
    statusCode?: unknown;
    code?: unknown;
  };
  if (typeof statusCode === 'number') return statusCode >= 500 || statusCode === 429;
  return name === 'RestError' || name === 'AbortError' || code === 'REQUEST_SEND_ERROR';
}

function storageUnavailable(): HttpProblem {
  return new HttpProblem(503, 'Storage does not answer. Nothing was started; try again shortly.', {
    headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
  });
}

function unexpected({ invocationId }: InvocationContext): HttpProblem {
  return new HttpProblem(500, `The log says why, under invocation ${invocationId}.`);
}

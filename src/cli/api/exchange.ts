import type { CliContext } from '../context.ts';
import { ApiError, UnreachableError } from '../errors.ts';
import { type SilenceLimit, createSilenceLimit } from './silence-limit.ts';

/** An HTTP request, ready to be sent. */
export interface HttpCall {
  method: 'GET' | 'POST' | 'DELETE';
  address: string;
  headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
}

/** What is made of how a request ends. */
export interface Reading<T> {
  /** Of an answer with a 2xx status. */
  read: (response: Response, limit: SilenceLimit) => Promise<T>;
  /** The error that any other answer stands for. */
  refusal: (response: Response) => Promise<ApiError>;
  /** The message when there is no answer. @param why for example `ECONNREFUSED` */
  unreachable: (why: string) => string;
}

/**
 * Sends a request once; the other side may be silent for the context's timeout before and while the
 * body arrives.
 *
 * @throws ApiError for any answer but 2xx, UnreachableError when there is none, and whatever
 * `context.signal` was aborted with.
 */
export async function exchange<T>(
  call: HttpCall,
  context: Pick<CliContext, 'fetch' | 'signal' | 'requestTimeoutMs'>,
  { read, refusal, unreachable }: Reading<T>,
): Promise<T> {
  const limit = createSilenceLimit(context.requestTimeoutMs, context.signal);
  try {
    const response = await context.fetch(call.address, {
      method: call.method,
      headers: call.headers,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      // Neither key nor token must follow a redirect to another address.
      redirect: 'manual',
      signal: limit.signal,
    });
    limit.heard();
    if (!response.ok) throw await refusal(response);
    return await read(response, limit);
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof ApiError || !isNetworkError(error, limit)) throw error;
    const why = limit.wasReached()
      ? `it was silent for ${context.requestTimeoutMs / 1000} s`
      : reasonOf(error);
    throw new UnreachableError(unreachable(why), { cause: error });
  } finally {
    limit.stop();
  }
}

/** `fetch` reports the network, and a body that breaks off, as a TypeError; silence as an AbortError. */
function isNetworkError(error: unknown, limit: SilenceLimit): boolean {
  return limit.wasReached() || error instanceof TypeError;
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  const { code } = cause as NodeJS.ErrnoException;
  return cause.message === '' ? (code ?? cause.name) : cause.message;
}

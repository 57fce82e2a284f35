import {
  AuthenticationHandler,
  type AuthenticationProvider,
  Client,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client';

/**
 * A Graph client without the library's own retries: those wait for at most three minutes inside the
 * call, know nothing of the other workers, and repeat a throttled call that counts again.
 *
 * @param endpoint Graph's root, without a version
 */
export function graphClient(endpoint: string, authentication: AuthenticationProvider): Client {
  const authenticate = new AuthenticationHandler(authentication);
  authenticate.setNext(fetchHandler);
  return Client.initWithMiddleware({
    middleware: authenticate,
    baseUrl: endpoint,
    // The library sends the token to hosts it knows, and to these.
    customHosts: new Set([new URL(endpoint).hostname]),
  });
}

const noAnswers = new WeakMap<Response, string>();

/** Why a response stands for no answer at all, `timeout` or `ECONNRESET`; else `undefined`. */
export function noAnswerCode(response: Response): string | undefined {
  return noAnswers.get(response);
}

/**
 * Ends the chain with the platform's `fetch`. A call that gets no answer is turned into a response
 * of its own, since the library would wrap the error and lose its cause.
 */
const fetchHandler: Middleware = {
  async execute(context: Context): Promise<void> {
    try {
      context.response = await fetch(context.request as string | Request, context.options);
    } catch (error) {
      context.response = Response.error();
      noAnswers.set(context.response, reasonOf(error));
    }
  },
};

/** A short code for a failed `fetch`, also for one that failed while its body was read. */
export function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: unknown } };
  if (name === 'TimeoutError' || name === 'AbortError') return 'timeout';
  return typeof cause?.code === 'string' ? cause.code : 'noAnswer';
}

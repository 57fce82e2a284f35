import {
  AuthenticationHandler,
  type AuthenticationProvider,
  Client,
  HTTPMessageHandler,
} from '@microsoft/microsoft-graph-client';

/**
 * A Graph client without the library's own retries: those wait for at most three minutes inside the
 * call, know nothing of the other workers, and repeat a throttled call that counts again.
 *
 * @param endpoint Graph's root, without a version
 */
export function graphClient(endpoint: string, authentication: AuthenticationProvider): Client {
  const authenticate = new AuthenticationHandler(authentication);
  authenticate.setNext(new HTTPMessageHandler());
  return Client.initWithMiddleware({
    middleware: authenticate,
    baseUrl: endpoint,
    // The library sends the token to hosts it knows, and to these.
    customHosts: new Set([new URL(endpoint).hostname]),
  });
}

import type { HttpHandler } from '@azure/functions';

/** The route of {@link checkKeyHandler}, below the prefix `/api`. */
export const CHECK_KEY_ROUTE = 'key';

/** `GET /key`: 204 to whoever comes with a key, since the host lets nobody else through. */
export function checkKeyHandler(): HttpHandler {
  return () => ({ status: 204 });
}

import type { IncomingMessage } from 'node:http';

/** A request that was understood: for whom and for what a token is wanted. */
export interface ParsedTokenRequest {
  resource: string;
  clientId: string | undefined;
}

/** A refusal: the HTTP status and the message that goes into the body. */
export interface Refusal {
  status: 400 | 401 | 404 | 405;
  message: string;
}

/** The only version that @azure/identity asks App Service for. */
const supportedApiVersion = '2019-08-01';

/**
 * Reads a token request as App Service's endpoint does:
 * https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 *
 * @param secret what the header X-IDENTITY-HEADER has to say.
 */
export function parseTokenRequest(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  secret: string,
): ParsedTokenRequest | Refusal {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname !== '/msi/token') {
    return { status: 404, message: 'Tokens are issued at /msi/token only.' };
  }
  if (request.method !== 'GET') return { status: 405, message: 'Only GET is answered.' };
  // The header proves that the caller is the app itself and not tricked into a request (SSRF).
  if (request.headers['x-identity-header'] !== secret) {
    return { status: 401, message: 'The header X-IDENTITY-HEADER is missing or wrong.' };
  }
  const version = url.searchParams.get('api-version');
  if (version !== supportedApiVersion) {
    return {
      status: 400,
      message: `api-version has to be ${supportedApiVersion}, not ${version ?? 'absent'}.`,
    };
  }
  const resource = url.searchParams.get('resource');
  if (resource === null || URL.parse(resource)?.protocol !== 'https:') {
    return {
      status: 400,
      message: 'resource has to be an https URL, for example https://graph.microsoft.com.',
    };
  }
  return { resource, clientId: url.searchParams.get('client_id') ?? undefined };
}

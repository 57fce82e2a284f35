import { isGuid } from '../guid.ts';
import type { GraphRequest, GraphResponse, Trace } from './messages.ts';

const operationId = '00000000-0000-0000-0000-000000000000';
// The shape of the address is what clients meet in messages; the unit's name is made up.
const frontend = 'https://proxy.simulated.manage.microsoft.com/DeviceFE/StatelessDeviceFEService/';

/** An error in Graph's standard shape. */
export function graphError(
  status: number,
  code: string,
  message: string,
  trace: Trace,
  headers: Record<string, string> = {},
): GraphResponse {
  return { status, headers, body: { error: { code, message, innerError: innerErrorOf(trace) } } };
}

/** What Graph puts beside every error, for support. */
export function innerErrorOf(trace: Trace) {
  return {
    // Graph writes this date without zone and fraction.
    date: new Date(trace.now).toISOString().slice(0, 19),
    'request-id': trace.requestId,
    'client-request-id': trace.clientRequestId,
  };
}

/** The 404 of Entra ID for an id that nothing has. */
export function entryNotFound(id: string, trace: Trace): GraphResponse {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return graphError(404, 'Request_ResourceNotFound', message, trace);
}

/**
 * The usual error of Intune: the message is itself JSON, e.g.
 * https://github.com/microsoftgraph/microsoft-graph-docs/issues/12967
 */
export function intuneError(
  status: number,
  code: string,
  text: string,
  request: GraphRequest,
  headers: Record<string, string> = {},
): GraphResponse {
  return graphError(status, code, intuneMessage(text, request), request.trace, headers);
}

/** The JSON text that Intune puts into `error.message`. */
export function intuneMessage(text: string, request: GraphRequest): string {
  const activity = request.trace.clientRequestId;
  const nested = {
    _version: 3,
    Message: `${text} - Operation ID (for customer support): ${operationId} - Activity ID: ${activity} - Url: ${internalUrl(request)}`,
    CustomApiErrorPhrase: '',
    RetryAfter: null,
    ErrorSourceService: '',
    HttpHeaders: '{}',
  };
  return JSON.stringify(nested, null, 2).replaceAll('\n', '\r\n');
}

/** Inside Intune an id is an OData key and an action, also of a collection, has a qualified name. */
function internalUrl({ segments, version }: GraphRequest): string {
  const [area, collection, ...rest] = segments;
  const [id] = rest.filter(isGuid);
  const action = rest.find((segment) => !isGuid(segment))?.replace(/^microsoft\.graph\./i, '');
  const key = id === undefined ? '' : `('${id}')`;
  const qualified = action === undefined ? '' : `/microsoft.management.services.api.${action}`;
  const apiVersion = version === 'beta' ? '5025-07-09' : '2025-07-09';
  return `${frontend}${area ?? ''}/${collection ?? ''}${key}${qualified}?api-version=${apiVersion}`;
}

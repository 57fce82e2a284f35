import type { Simulation } from '../simulation.ts';
import type { Endpoint } from './endpoint.ts';
import { graphError, intuneError } from './errors.ts';
import type { GraphRequest, GraphResponse } from './messages.ts';

/** @returns the 403 for a caller who lacks the permission or an approval; undefined otherwise */
export function authorise(
  { faults }: Simulation,
  endpoint: Endpoint,
  request: GraphRequest,
): GraphResponse | undefined {
  if (!endpoint.roles.some((role) => request.caller.roles.includes(role))) {
    return endpoint.service === 'directory'
      ? directoryRefusal(request)
      : intuneRefusal(endpoint, request);
  }
  if (faults.multiAdminApproval && endpoint.kind === 'deviceAction') {
    const text =
      'This operation requires Multi Admin Approval. Submit the request for approval by another administrator';
    return intuneError(403, 'Forbidden', text, request);
  }
  return undefined;
}

/** Entra ID does not say which permission is missing: learn.microsoft.com/graph/errors */
export function directoryRefusal({ trace }: Pick<GraphRequest, 'trace'>): GraphResponse {
  const message = 'Insufficient privileges to complete the operation.';
  return graphError(403, 'Authorization_RequestDenied', message, trace);
}

function intuneRefusal(endpoint: Endpoint, request: GraphRequest): GraphResponse {
  const scopes = endpoint.roles.join(', ');
  const text = `Application is not authorized to perform this operation. Application must have one of the following scopes: ${scopes}`;
  return intuneError(403, 'Forbidden', text, request);
}

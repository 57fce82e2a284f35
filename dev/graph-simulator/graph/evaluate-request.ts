import { endpoints } from '../endpoints/index.ts';
import type { Simulation } from '../simulation.ts';
import { BadRequest } from './bad-request.ts';
import type { Endpoint, EndpointRequest } from './endpoint.ts';
import { graphError, intuneError } from './errors.ts';
import { injectedError } from './fault-responses.ts';
import { matchRoute } from './match-route.ts';
import type { GraphRequest, GraphResponse } from './messages.ts';
import { throttledResponse } from './throttled-response.ts';

/**
 * Evaluates one request of an authenticated caller, in the order in which Graph's layers do: the
 * address, the quota, what goes wrong on the way, the permission, and then the operation itself.
 * A request that is throttled, or fails, has therefore counted against the quota.
 */
export function evaluateRequest(simulation: Simulation, request: GraphRequest): GraphResponse {
  const route = matchRoute(endpoints, request.version, request.method, request.segments);
  switch (route.kind) {
    case 'unknownSegment':
      return badRequest(`Resource not found for the segment '${route.segment}'.`, request);
    case 'wrongMethod': {
      const message = 'Specified HTTP method is not allowed for the request target.';
      return graphError(405, 'UnknownError', message, request.trace);
    }
    case 'matched': {
      const matched = { ...request, parameters: route.parameters };
      return (
        throttleOrFail(simulation, route.endpoint, request) ??
        refuse(simulation, route.endpoint, request) ??
        handle(simulation, route.endpoint, matched)
      );
    }
  }
}

function throttleOrFail(
  simulation: Simulation,
  endpoint: Endpoint,
  request: GraphRequest,
): GraphResponse | undefined {
  const { quotas, statistics, faults, dice } = simulation;
  const { now } = request.trace;
  const admission = quotas.admit(request.caller.appId, endpoint.method !== 'GET', now);
  if (endpoint.kind === 'listPage') statistics.count('listRequests');
  if (endpoint.kind === 'deviceAction') statistics.write(now, admission.appWritesInWindow);
  if (admission.waitMs > 0) return throttledResponse(simulation, request, admission.waitMs);
  const injected = dice.status(faults);
  return injected === undefined ? undefined : injectedError(simulation, request, injected);
}

function refuse(
  { faults }: Simulation,
  endpoint: Endpoint,
  request: GraphRequest,
): GraphResponse | undefined {
  if (!endpoint.roles.some((role) => request.caller.roles.includes(role))) {
    const scopes = endpoint.roles.join(', ');
    const text = `Application is not authorized to perform this operation. Application must have one of the following scopes: ${scopes}`;
    return intuneError(403, 'Forbidden', text, request);
  }
  if (faults.multiAdminApproval && endpoint.kind === 'deviceAction') {
    const text =
      'This operation requires Multi Admin Approval. Submit the request for approval by another administrator';
    return intuneError(403, 'Forbidden', text, request);
  }
  return undefined;
}

function handle(
  simulation: Simulation,
  endpoint: Endpoint,
  request: EndpointRequest,
): GraphResponse {
  try {
    return endpoint.handle(request, simulation);
  } catch (error) {
    if (error instanceof BadRequest) return badRequest(error.message, request);
    throw error;
  }
}

function badRequest(message: string, request: GraphRequest): GraphResponse {
  return graphError(400, 'BadRequest', message, request.trace);
}

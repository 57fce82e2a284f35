import { endpoints } from '../endpoints/index.ts';
import type { Simulation } from '../simulation.ts';
import { admit } from './admit.ts';
import { authorise } from './authorise.ts';
import { BadRequest } from './bad-request.ts';
import type { Endpoint, EndpointRequest } from './endpoint.ts';
import { graphError } from './errors.ts';
import { matchRoute } from './match-route.ts';
import type { GraphRequest, GraphResponse } from './messages.ts';

/**
 * Evaluates one request of an authenticated caller, in the order in which Graph's layers do: the
 * address, the quota, what goes wrong on the way, the permission, and then the operation itself.
 * A request that is throttled, or fails, has therefore counted against the quota.
 */
export function evaluateRequest(simulation: Simulation, request: GraphRequest): GraphResponse {
  const route = matchRoute(endpoints, request.version, request.method, request.segments);
  switch (route.kind) {
    case 'unknownSegment':
      noteRefusedAction(simulation, request);
      return unknownSegment(route.segment, request);
    case 'wrongMethod': {
      noteRefusedAction(simulation, request);
      const message = 'Specified HTTP method is not allowed for the request target.';
      return graphError(405, 'UnknownError', message, request.trace);
    }
    case 'matched': {
      const { endpoint, parameters } = route;
      if (endpoint.isAvailable?.(simulation) === false) {
        return unknownSegment(request.segments.at(-1) ?? '', request);
      }
      return (
        admit(simulation, endpoint, request) ??
        authorise(simulation, endpoint, request) ??
        handle(simulation, endpoint, { ...request, parameters })
      );
    }
  }
}

/** Whatever would change a tenant, and is not simulated, must not go unnoticed. */
function noteRefusedAction({ statistics }: Simulation, { method }: GraphRequest): void {
  if (method !== 'GET') statistics.count('refusedActions');
}

function handle(
  simulation: Simulation,
  endpoint: Endpoint,
  request: EndpointRequest,
): GraphResponse {
  try {
    return endpoint.handle(request, simulation);
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    return graphError(400, error.code, error.message, request.trace);
  }
}

function unknownSegment(segment: string, { trace }: GraphRequest): GraphResponse {
  return graphError(400, 'BadRequest', `Resource not found for the segment '${segment}'.`, trace);
}

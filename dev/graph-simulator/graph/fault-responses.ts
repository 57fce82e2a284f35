import type { InjectedStatus } from '../faults/fault-dice.ts';
import type { Simulation } from '../simulation.ts';
import { graphError, intuneError, intuneMessage } from './errors.ts';
import type { GraphRequest, GraphResponse } from './messages.ts';
import { documentedThrottle, retryAfterHeaders, throttledResponse } from './throttled-response.ts';

/** An answer that the faults in force ask for, noted in the statistics, in Intune's shapes. */
export function injectedError(
  simulation: Simulation,
  request: GraphRequest,
  status: InjectedStatus,
): GraphResponse {
  simulation.statistics.fault(`status${status}`);
  const waitMs = simulation.faults.retryAfterSeconds * 1000;
  switch (status) {
    case 429:
      return throttledResponse(simulation, request, waitMs);
    case 500:
      return intuneError(500, 'InternalError', 'An internal server error has occurred', request);
    case 502:
      return graphError(502, 'UnknownError', '', request.trace);
    case 503: {
      const headers = retryAfterHeaders(simulation, request, waitMs);
      return graphError(503, 'ServiceUnavailable', '', request.trace, headers);
    }
    case 504:
      return gatewayTimeout(request);
  }
}

/**
 * The 504 with which listings of large tenants failed: Intune's message, nested twice, as in
 * https://github.com/microsoft/Intune-PowerShell-SDK/issues/146
 */
export function gatewayTimeout(request: GraphRequest): GraphResponse {
  const message = JSON.stringify({ Message: intuneMessage('An error has occurred', request) });
  return graphError(504, 'UnknownError', message, request.trace);
}

/** The same for Entra ID, whose errors are Graph's own. */
export function injectedDirectoryError(
  simulation: Simulation,
  request: GraphRequest,
  status: InjectedStatus,
): GraphResponse {
  simulation.statistics.fault(`status${status}`);
  const waitMs = simulation.faults.retryAfterSeconds * 1000;
  if (status === 429) return documentedThrottle(simulation, request, waitMs);
  const headers = status === 503 ? retryAfterHeaders(simulation, request, waitMs) : {};
  const code = status === 503 ? 'ServiceUnavailable' : 'UnknownError';
  return graphError(status, code, '', request.trace, headers);
}

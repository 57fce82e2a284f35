import type { QuotaCategory } from '../quota/quotas.ts';
import type { Simulation } from '../simulation.ts';
import type { Endpoint } from './endpoint.ts';
import { injectedDirectoryError, injectedError } from './fault-responses.ts';
import type { GraphRequest, GraphResponse } from './messages.ts';
import { throttledResponse } from './throttled-response.ts';

/**
 * Counts a request against its quota and throws the dice.
 *
 * @returns the 429 or the injected error; undefined when the request may go on
 */
export function admit(
  simulation: Simulation,
  endpoint: Endpoint,
  request: GraphRequest,
): GraphResponse | undefined {
  const { statistics, faults, dice } = simulation;
  if (endpoint.kind === 'listPage') statistics.count('listRequests');
  if (endpoint.kind === 'report') statistics.count('reportRequests');
  const { service = 'devices' } = endpoint;
  const isDirectory = service === 'directory';
  const waitMs = isDirectory ? 0 : quotaWaitMs(simulation, endpoint, service, request);
  if (waitMs > 0) return throttledResponse(simulation, request, waitMs);
  if (!isDirectory && isStorming(simulation, endpoint, request)) {
    statistics.fault('throttleUntil');
    return throttledResponse(simulation, request, faults.retryAfterSeconds * 1000);
  }
  const injected = dice.status(faults);
  if (injected === undefined) return undefined;
  const answer = isDirectory ? injectedDirectoryError : injectedError;
  return answer(simulation, request, injected);
}

/** Counts the request; 0 when it is admitted. */
function quotaWaitMs(
  simulation: Simulation,
  endpoint: Endpoint,
  category: QuotaCategory,
  request: GraphRequest,
): number {
  const { now } = request.trace;
  const usual = isRead(endpoint) ? 0 : 1;
  const writes = endpoint.writes?.(request, simulation) ?? usual;
  const { appId } = request.caller;
  const admission = simulation.quotas.admit({ appId, category, writes, now });
  if (endpoint.kind === 'deviceAction') {
    simulation.statistics.write(now, writes, admission.appWritesInWindow);
  }
  return admission.waitMs;
}

function isStorming({ faults }: Simulation, endpoint: Endpoint, request: GraphRequest): boolean {
  const { throttleUntil } = faults;
  return !isRead(endpoint) && throttleUntil !== null && request.trace.now < throttleUntil;
}

function isRead({ method, kind }: Endpoint): boolean {
  return method === 'GET' || kind === 'report';
}

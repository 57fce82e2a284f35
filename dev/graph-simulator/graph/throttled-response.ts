import { formatRetryAfter } from '../faults/retry-after.ts';
import { pick } from '../random.ts';
import type { Simulation } from '../simulation.ts';
import { innerErrorOf, intuneError } from './errors.ts';
import type { GraphRequest, GraphResponse } from './messages.ts';

const code = 'TooManyRequests';

/** A 429 in one of the three shapes that are documented or were observed, drawn from the seed. */
export function throttledResponse(
  simulation: Simulation,
  request: GraphRequest,
  waitMs: number,
): GraphResponse {
  const headers = retryAfterHeaders(simulation, request, waitMs);
  const shape = pick(['documented', 'observed', 'nested'] as const, simulation.dice.choice());
  switch (shape) {
    case 'documented':
      return { status: 429, headers, body: documentedBody(request) };
    case 'observed':
      return { status: 429, headers, body: observedBody(request) };
    case 'nested':
      return intuneError(429, code, 'An error has occurred', request, headers);
  }
}

/** A 429 in the documented shape. */
export function documentedThrottle(
  simulation: Simulation,
  request: GraphRequest,
  waitMs: number,
): GraphResponse {
  const headers = retryAfterHeaders(simulation, request, waitMs);
  return { status: 429, headers, body: documentedBody(request) };
}

/** The wait as a header, in the form and with the omissions that the faults in force ask for. */
export function retryAfterHeaders(
  { faults, dice }: Simulation,
  request: GraphRequest,
  waitMs: number,
): Record<string, string> {
  if (dice.leavesOutRetryAfter(faults)) return {};
  const value = formatRetryAfter(faults.retryAfterForm, waitMs, request.trace.now);
  return value === undefined ? {} : { 'Retry-After': value };
}

/** As on https://learn.microsoft.com/graph/throttling */
function documentedBody({ trace }: GraphRequest) {
  const { date, 'request-id': requestId } = innerErrorOf(trace);
  const innerError = {
    code: '429',
    date,
    message: 'Please retry after',
    'request-id': requestId,
    status: '429',
  };
  return { error: { code, innerError, message: 'Please retry again later.' } };
}

/** As Intune answered in October 2025: https://msendpointmgr.com/?p=25866 */
function observedBody({ trace }: GraphRequest) {
  const innerError = innerErrorOf(trace);
  return { error: { code, message: 'An error has occurred.', details: [], innerError } };
}

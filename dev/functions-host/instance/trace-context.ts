import { randomBytes } from 'node:crypto';
import type { InvocationRequest } from './core-types.ts';

const TRACE_PARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;

/**
 * The W3C trace context of an invocation: a new span, in the caller's trace when there is one.
 *
 * @param callerTraceParent the `traceparent` header of the request that caused it
 */
export function createTraceContext(callerTraceParent?: string): InvocationRequest['traceContext'] {
  const caller = TRACE_PARENT.exec(callerTraceParent ?? '');
  const traceId = caller?.[1] ?? randomBytes(16).toString('hex');
  const flags = caller?.[2] ?? '01';
  const traceParent = `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`;
  return { traceParent, traceState: '', attributes: {} };
}

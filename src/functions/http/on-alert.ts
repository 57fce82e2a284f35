import type { InvocationContext } from '@azure/functions';
import { ALERT_TIME_MS } from '../../core/answer-time.ts';
import { alertSchema } from '../../schemas/alert-schema.ts';
import type { Clock } from '../../use-cases/ports.ts';
import type { receiveAlert } from '../../use-cases/receive-alert.ts';
import { alertResponse } from './alert-response.ts';
import { ALERT_BODY_BYTES } from './body-limits.ts';
import { type ApiHandler, httpHandler } from './http-handler.ts';
import { HttpProblem } from './problem.ts';
import { readBody } from './read-body.ts';
import { withinTime } from './within-time.ts';

/** `POST /alerts`: 202 when a run was started, 200 when none was, and why. */
export function onAlertHandler(
  receive: ReturnType<typeof receiveAlert>,
  clock: Pick<Clock, 'sleep'>,
): ApiHandler {
  return httpHandler(async (request, context, caller) => {
    const alert = await readBody(request, alertSchema, ALERT_BODY_BYTES);
    try {
      const received = receive(alert, caller.name, context);
      return alertResponse(await withinTime(received, ALERT_TIME_MS, clock));
    } catch (error) {
      throw notTaken(error, context);
    }
  });
}

/**
 * Whatever the cause, 503: Azure Monitor repeats an alert that was answered so, and gives up one
 * that was answered 500 (learn.microsoft.com/azure/azure-monitor/alerts/action-groups).
 */
function notTaken(error: unknown, context: InvocationContext): HttpProblem {
  const why = error instanceof Error ? error.message : 'unknown error';
  context.error(`The alert could not be taken: ${why}`);
  return new HttpProblem(503, 'The alert could not be taken now. Send it again shortly.', {
    headers: { 'Retry-After': '5' },
  });
}

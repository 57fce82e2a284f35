import { defaultRetryOutcomes } from '../../core/retry-outcomes.ts';
import { retryRequestSchema } from '../../schemas/run-request-schema.ts';
import type { RetryResult, retryRun } from '../../use-cases/retry-run.ts';
import type { StartResult } from '../../use-cases/start-run.ts';
import { type ApiHandler, httpHandler } from './http-handler.ts';
import { idempotencyOf } from './idempotency.ts';
import { HttpProblem } from './problem.ts';
import { readBody } from './read-body.ts';
import { noSuchRun, runIdOf } from './run-id-of.ts';
import { startResponse } from './start-result.ts';

/** `POST /runs/{id}/retry`: 202, a new run over what failed. */
export function retryRunHandler(retry: ReturnType<typeof retryRun>, now: () => number): ApiHandler {
  return httpHandler(async (request, context, caller) => {
    const id = runIdOf(request);
    const body = await readBody(request, retryRequestSchema);
    const { outcomes = defaultRetryOutcomes, reason } = body;
    const who = { requestedBy: caller.name, ...(reason === undefined ? {} : { reason }) };
    const options = idempotencyOf(request, body);
    const result = startable(await retry(id, { outcomes, ...who }, context, options));
    return startResponse(result, { isCoalesced: false, now: now() });
  });
}

/** @throws HttpProblem 404 for an unknown run, 409 for one that has nothing to try again */
function startable(result: RetryResult): StartResult {
  switch (result.kind) {
    case 'unknown':
      throw noSuchRun();
    case 'notEnded':
      throw new HttpProblem(409, 'The run is open still, or a dry run. Retry it when it is over.');
    case 'nothing':
      throw new HttpProblem(409, 'No device of the run has one of these outcomes.');
    default:
      return result;
  }
}

import { runRequestSchema } from '../../schemas/run-request-schema.ts';
import type { StartPlannedResult, startPlannedRun } from '../../use-cases/start-planned-run.ts';
import type { StartResult, startRun } from '../../use-cases/start-run.ts';
import { type ApiHandler, httpHandler } from './http-handler.ts';
import { idempotencyOf } from './idempotency.ts';
import { HttpProblem } from './problem.ts';
import { readBody } from './read-body.ts';
import { type RunDefaults, betaNotOffered, noRenudge, runRequestOf } from './run-request.ts';
import { startResponse } from './start-result.ts';

export interface StartRunUseCases extends RunDefaults {
  readonly start: ReturnType<typeof startRun>;
  readonly startPlanned: ReturnType<typeof startPlannedRun>;
  readonly now: () => number;
}

/** `POST /runs`: 202 with the run and where to follow it. */
export function startRunHandler(useCases: StartRunUseCases): ApiHandler {
  return httpHandler(async (request, context, caller) => {
    const body = await readBody(request, runRequestSchema);
    if (body.mode === 'bulk' && !useCases.isBetaOffered) {
      throw betaNotOffered('mode', 'bulk', 'leave it out, or use perDevice');
    }
    if (body.renudge === true && !useCases.isVerified) {
      throw noRenudge('a verification: leave it out, or set VERIFY_AFTER');
    }
    const { fromPlan, reason, onOverlap } = body;
    const who = { requestedBy: caller.name, ...(reason === undefined ? {} : { reason }) };
    const priority = body.priority === undefined ? {} : { priority: body.priority };
    const renudge = body.renudge === true ? { renudge: true } : {};
    const mode = body.mode === undefined ? {} : { mode: body.mode };
    const options = idempotencyOf(request, body);
    const result =
      fromPlan === undefined
        ? await useCases.start(
            { ...who, ...priority, ...renudge, ...runRequestOf(body, useCases) },
            context,
            options,
          )
        : usable(
            await useCases.startPlanned(
              fromPlan,
              { ...who, ...priority, ...renudge, ...mode },
              context,
              options,
            ),
          );
    return startResponse(result, { isCoalesced: onOverlap === 'coalesce', now: useCases.now() });
  });
}

/**
 * @throws HttpProblem 404 for a plan that is unknown, 409 for one that cannot be run (any more), 400
 *   for one that cannot be run in bulk
 */
function usable(result: StartPlannedResult): StartResult {
  if (result.kind === 'unknownPlan') throw new HttpProblem(404, 'There is no run with this id.');
  if (result.kind === 'noBulk') {
    throw new HttpProblem(400, 'The body has fields that cannot be used.', {
      errors: [{ path: 'mode', message: 'bulk is not offered for what was planned; leave it out' }],
    });
  }
  if (result.kind === 'unusablePlan') {
    throw new HttpProblem(409, `The plan cannot be run: ${result.why}. Make a new dry run.`);
  }
  return result;
}

import type { z } from 'zod';
import type { SendMode } from '../../core/batch.ts';
import type { RunRequest } from '../../core/new-run.ts';
import { runRequestSchema } from '../../schemas/run-request-schema.ts';
import type { StartPlannedResult, startPlannedRun } from '../../use-cases/start-planned-run.ts';
import type { StartResult, startRun } from '../../use-cases/start-run.ts';
import { type ApiHandler, httpHandler } from './http-handler.ts';
import { idempotencyOf } from './idempotency.ts';
import { HttpProblem } from './problem.ts';
import { readBody } from './read-body.ts';
import { startResponse } from './start-result.ts';

export interface StartRunUseCases {
  readonly start: ReturnType<typeof startRun>;
  readonly startPlanned: ReturnType<typeof startPlannedRun>;
  readonly now: () => number;
  /** The most devices a run may plan, whatever the request says. */
  readonly maxDevices: number | undefined;
  /** How commands are sent when the request does not say. */
  readonly mode: SendMode;
  /** Whether the cloud has bulk calls. */
  readonly isBulkOffered: boolean;
}

/** `POST /runs`: 202 with the run and where to follow it. */
export function startRunHandler(useCases: StartRunUseCases): ApiHandler {
  return httpHandler(async (request, context, caller) => {
    const body = await readBody(request, runRequestSchema);
    if (body.mode === 'bulk' && !useCases.isBulkOffered) throw bulkNotOffered();
    const { fromPlan, reason, onOverlap } = body;
    const who = { requestedBy: caller.name, ...(reason === undefined ? {} : { reason }) };
    const choices = {
      ...(body.priority === undefined ? {} : { priority: body.priority }),
      ...(body.mode === undefined ? {} : { mode: body.mode }),
    };
    const options = idempotencyOf(request, body);
    const result =
      fromPlan === undefined
        ? await useCases.start(
            { ...who, mode: useCases.mode, ...choices, ...toRequest(body, useCases.maxDevices) },
            context,
            options,
          )
        : usable(await useCases.startPlanned(fromPlan, { ...who, ...choices }, context, options));
    return startResponse(result, { isCoalesced: onOverlap === 'coalesce', now: useCases.now() });
  });
}

function toRequest(
  body: z.output<typeof runRequestSchema>,
  limit: number | undefined,
): Omit<RunRequest, 'requestedBy'> {
  const { action = 'syncDevice', dryRun, scope, skip, strict, timeoutMinutes } = body;
  const limits = [body.maxDevices, limit].filter((value) => value !== undefined);
  return {
    action,
    trigger: 'http',
    ...(dryRun === undefined ? {} : { dryRun }),
    ...(scope === undefined ? {} : { scope: scope }),
    ...(skip === undefined ? {} : { skip }),
    ...(strict === undefined ? {} : { strict }),
    ...(limits.length === 0 ? {} : { maxDevices: Math.min(...limits) }),
    ...(timeoutMinutes === undefined ? {} : { timeoutMs: timeoutMinutes * 60_000 }),
  };
}

function bulkNotOffered(): HttpProblem {
  const message = 'bulk is not offered in the cloud of GRAPH_CLOUD; leave it out, or use perDevice';
  return new HttpProblem(400, 'The body has fields that cannot be used.', {
    errors: [{ path: 'mode', message }],
  });
}

/** @throws HttpProblem 404 for a plan that is unknown, 409 for one that cannot be run (any more) */
function usable(result: StartPlannedResult): StartResult {
  if (result.kind === 'unknownPlan') throw new HttpProblem(404, 'There is no run with this id.');
  if (result.kind === 'unusablePlan') {
    throw new HttpProblem(409, `The plan cannot be run: ${result.why}. Make a new dry run.`);
  }
  return result;
}

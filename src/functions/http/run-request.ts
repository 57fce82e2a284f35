import type { z } from 'zod';
import { actions } from '../../core/actions/index.ts';
import type { SendMode } from '../../core/batch.ts';
import type { RunRequest } from '../../core/new-run.ts';
import { requestedAction } from '../../schemas/requested-action.ts';
import type { runRequestSchema } from '../../schemas/run-request-schema.ts';
import { HttpProblem } from './problem.ts';

/** What the app decides where a request does not, or whatever it says. */
export interface RunDefaults {
  /** The most devices a run may plan, whatever the request says. */
  readonly maxDevices: number | undefined;
  /** How commands are sent when the request does not say. */
  readonly mode: SendMode;
  /** Whether the cloud has Graph's beta version. */
  readonly isBetaOffered: boolean;
  /** Whether check-ins are verified after a run. */
  readonly isVerified: boolean;
}

/**
 * The run that a body asks for.
 *
 * @throws HttpProblem 400 for what the cloud does not offer, or what has no effect
 */
export function runRequestOf(
  body: z.output<typeof runRequestSchema>,
  { maxDevices: limit, mode: usualMode, isBetaOffered }: RunDefaults,
): Omit<RunRequest, 'requestedBy' | 'reason' | 'priority'> {
  const { name, action, parameters, deviceIds } = requestedAction(actions, body);
  const { dryRun, skip, strict, ignorePartialFailures, timeoutMinutes } = body;
  const { bulk, version, isProvenByCheckIn = false } = action.command(parameters);
  if (body.renudge === true && !isProvenByCheckIn) {
    throw noRenudge('an action that makes devices check in; leave it out');
  }
  const mode = body.mode ?? (bulk === undefined ? 'perDevice' : usualMode);
  if (!isBetaOffered && version === 'beta') {
    throw betaNotOffered('action', `${name} with these parameters`, 'choose another');
  }
  const scope = deviceIds.length > 0 ? { ...body.scope, deviceIds } : body.scope;
  const limits = [body.maxDevices, limit].filter((value) => value !== undefined);
  return {
    action: name,
    parameters,
    trigger: 'http',
    mode,
    ...(dryRun === undefined ? {} : { dryRun }),
    ...(scope === undefined ? {} : { scope: scope }),
    ...(skip === undefined ? {} : { skip: skip }),
    ...(strict === undefined ? {} : { strict }),
    ...(ignorePartialFailures === undefined ? {} : { ignorePartialFailures }),
    ...(limits.length === 0 ? {} : { maxDevices: Math.min(...limits) }),
    ...(timeoutMinutes === undefined ? {} : { timeoutMs: timeoutMinutes * 60_000 }),
  };
}

/** 400: nobody is silent after a run whose check-ins are not looked at. */
export function noRenudge(why: string): HttpProblem {
  return new HttpProblem(400, 'The body has fields that cannot be used.', {
    errors: [{ path: 'renudge', message: `needs ${why}` }],
  });
}

/** 400 for something that Graph has in its beta version only. */
export function betaNotOffered(path: string, what: string, remedy: string): HttpProblem {
  const message = `${what} is not offered in the cloud of GRAPH_CLOUD; ${remedy}`;
  return new HttpProblem(400, 'The body has fields that cannot be used.', {
    errors: [{ path, message }],
  });
}

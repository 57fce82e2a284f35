import type { HttpRequest, InvocationContext } from '@azure/functions';
import type { Admission } from '../../core/admit-caller.ts';
import type { AppRole, RouteAccess } from '../../core/app-roles.ts';
import type { Caller } from '../../core/caller.ts';
import type { identifyCaller } from '../../use-cases/identify-caller.ts';
import { ProofUnavailableError } from '../../use-cases/ports.ts';
import { credentialsOf } from './credentials.ts';
import { type ApiHandler, httpHandler } from './http-handler.ts';
import { HttpProblem } from './problem.ts';
import { discardBody } from './read-text.ts';

/** How callers are told apart when Entra ID is configured. */
export interface EntraAccess {
  readonly identify: ReturnType<typeof identifyCaller>;
  /** App Service Authentication is on. */
  readonly trustsPlatform: boolean;
}

/** What the host is told of a route. */
export interface GuardedRoute {
  readonly authLevel: 'anonymous' | 'function';
  readonly handler: ApiHandler;
}

/** A caller is asked to come back after this, seconds. Azure Monitor repeats a delivery after a 503. */
const RETRY_AFTER_SECONDS = 5;

/** RFC 6750, section 3. */
const CHALLENGE = 'Bearer realm="fleet-sync"';

/**
 * Puts a route behind the proof it asks for; no route is registered but through it. Without Entra ID
 * the host asks for a key. With it the host lets everything pass, since it would refuse a token that
 * comes without a key, and each request is judged here before anything of it is read or looked up.
 */
export function guard(
  entra: EntraAccess | undefined,
): (access: RouteAccess, handle: ApiHandler) => GuardedRoute {
  return (access, handle) => {
    if (access === 'anyone') return { authLevel: 'anonymous', handler: handle };
    if (entra === undefined) return { authLevel: 'function', handler: handle };
    const handler = httpHandler(async (request, context) =>
      handle(request, context, await admittedCaller(entra, access, request, context)),
    );
    return { authLevel: 'anonymous', handler };
  };
}

/** @throws HttpProblem 401, 403, 503 */
async function admittedCaller(
  { identify, trustsPlatform }: EntraAccess,
  role: AppRole,
  request: HttpRequest,
  context: InvocationContext,
): Promise<Caller> {
  const admission = await identify(credentialsOf(request, { trustsPlatform }), role).catch(
    (error: unknown) => {
      throw error instanceof ProofUnavailableError ? notNow(error, context) : error;
    },
  );
  if (admission.kind === 'admitted') return admission.caller;
  context.warn(`The caller was refused: ${admission.why}.`);
  await discardBody(request);
  throw refusal(admission, role);
}

/** The same for every request that lacks the same thing: it tells nothing of what is behind. */
function refusal({ kind }: Exclude<Admission, { kind: 'admitted' }>, role: AppRole): HttpProblem {
  if (kind === 'forbidden') return new HttpProblem(403, `The caller may not: it takes ${role}.`);
  return new HttpProblem(
    401,
    'Send a current access token of Entra ID for this app, as Authorization: Bearer.',
    { headers: { 'WWW-Authenticate': CHALLENGE } },
  );
}

function notNow({ message }: ProofUnavailableError, context: InvocationContext): HttpProblem {
  context.error(`Nobody can be admitted: ${message}`);
  return new HttpProblem(503, 'Who is calling cannot be verified now. Try again shortly.', {
    title: 'Not possible now',
    headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
  });
}

import { z } from 'zod';

/**
 * A problem as RFC 9457 has it, read leniently: a gateway in between may answer something else, and
 * what it says should still be shown.
 */
const problemSchema = z.object({
  title: z.string(),
  detail: z.string().optional().catch(undefined),
  errors: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .catch(undefined),
});

export type Problem = z.infer<typeof problemSchema>;

/** What can be done about an answer that brings no problem of its own. */
const remedies: Readonly<Record<number, string>> = {
  401: 'Check FLEET_SYNC_KEY, or sign in to the right tenant (FLEET_SYNC_AUDIENCE).',
  403: 'The identity may lack the role FleetSync.Read or FleetSync.Run, or the network is not allowed.',
  404: 'Check that FLEET_SYNC_URL is the address of the fleet-sync app.',
};

/**
 * The problem in an answer's body, or one made of its status when there is none.
 *
 * @param call what was asked, for example `GET /api/runs`
 */
export function readProblem(call: string, status: number, body: string): Problem {
  const parsed = problemSchema.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  const isRedirect = status >= 300 && status < 400;
  const detail = isRedirect
    ? 'A redirect is not followed, so that the key goes nowhere else. Check FLEET_SYNC_URL; a sign-in page in front of the app needs FLEET_SYNC_AUDIENCE.'
    : remedies[status];
  return { title: `${call} answered ${status}`, ...(detail === undefined ? {} : { detail }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

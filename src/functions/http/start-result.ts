import type { HttpResponseInit } from '@azure/functions';
import type { Run } from '../../core/run.ts';
import type { StartResult } from '../../use-cases/start-run.ts';
import { HttpProblem } from './problem.ts';
import { linkTo, runDocument } from './run-document.ts';

/** How soon a caller should look at the new run, seconds: the monitor's pace. */
const RETRY_AFTER_SECONDS = 10;

/**
 * The answer to a request that starts a run: 202 with the run and where to follow it, also when the
 * request was made before.
 *
 * @param isCoalesced the caller is content with the open run that stands in the way
 * @throws HttpProblem 409 for an overlap, 429 for too many starts, 400 for a key that was used for
 *   another request
 */
export function startResponse(
  result: StartResult,
  { isCoalesced, now }: { isCoalesced: boolean; now: number },
): HttpResponseInit {
  switch (result.kind) {
    case 'started':
    case 'repeated':
      return {
        status: 202,
        headers: {
          Location: linkTo(result.run.id),
          'Retry-After': String(RETRY_AFTER_SECONDS),
        },
        jsonBody: runDocument(result.run, now),
      };
    case 'overlap':
      // To join a run that was told to stop would be to start nothing.
      if (isCoalesced && result.open.stop === undefined) {
        const headers = { Location: linkTo(result.open.id) };
        return { status: 200, headers, jsonBody: runDocument(result.open, now) };
      }
      throw inTheWay(result.open);
    case 'tooMany': {
      const seconds = Math.ceil(result.retryAfterMs / 1000);
      throw new HttpProblem(
        429,
        `You started many runs lately; the next may be started in ${seconds} s.`,
        { headers: { 'Retry-After': String(seconds) } },
      );
    }
    case 'keyReused':
      throw new HttpProblem(400, 'The Idempotency-Key was used for another request.', {
        errors: [{ path: 'Idempotency-Key', message: 'must be a new one for another request' }],
      });
  }
}

function inTheWay({ id, stop }: Run): HttpProblem {
  const headers = { Location: linkTo(id) };
  return stop === undefined
    ? new HttpProblem(
        409,
        `Run ${id} of the same action and priority is open. Wait for it, cancel it, or send ` +
          '"onOverlap": "coalesce" to join it.',
        { headers },
      )
    : new HttpProblem(
        409,
        `Run ${id} of the same action and priority is being stopped. It ends within a minute; ` +
          'start again then.',
        { headers },
      );
}

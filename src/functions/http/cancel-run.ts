import type { HttpHandler } from '@azure/functions';
import type { cancelRun } from '../../use-cases/cancel-run.ts';
import { httpHandler } from './http-handler.ts';
import { HttpProblem } from './problem.ts';
import { runDocument } from './run-document.ts';
import { noSuchRun, runIdOf } from './run-id-of.ts';

/** `POST /runs/{id}/cancel`: 202, nothing is sent any more; 409 when the run is over. */
export function cancelRunHandler(
  cancel: ReturnType<typeof cancelRun>,
  now: () => number,
): HttpHandler {
  return httpHandler(async (request, context) => {
    const result = await cancel(runIdOf(request), context);
    if (result.kind === 'unknown') throw noSuchRun();
    if (result.kind === 'final') {
      throw new HttpProblem(409, `The run is over already: ${result.run.status}.`);
    }
    return { status: 202, jsonBody: runDocument(result.run, now()) };
  });
}

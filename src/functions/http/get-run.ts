import type { HttpHandler } from '@azure/functions';
import { isRunId } from '../../core/run-id.ts';
import type { RunStore } from '../../use-cases/ports.ts';
import { httpHandler } from './http-handler.ts';
import { HttpProblem } from './problem.ts';
import { runDocument } from './run-document.ts';

/** `GET /runs/{id}`: the run; 404 for an id that is unknown or has not the form of one. */
export function getRunHandler(runs: Pick<RunStore, 'get'>, now: () => number): HttpHandler {
  return httpHandler(async (request) => {
    const id = request.params['id'] ?? '';
    const run = isRunId(id) ? await runs.get(id) : undefined;
    if (run === undefined) throw new HttpProblem(404, 'There is no run with this id.');
    return { jsonBody: runDocument(run, now()) };
  });
}

import type { HttpHandler } from '@azure/functions';
import type { RunStore } from '../../use-cases/ports.ts';
import { httpHandler } from './http-handler.ts';
import { runDocument } from './run-document.ts';
import { noSuchRun, runIdOf } from './run-id-of.ts';

/** `GET /runs/{id}`: the run, from one row. */
export function getRunHandler(runs: Pick<RunStore, 'get'>, now: () => number): HttpHandler {
  return httpHandler(async (request) => {
    const run = await runs.get(runIdOf(request));
    if (run === undefined) throw noSuchRun();
    return { jsonBody: runDocument(run, now()) };
  });
}

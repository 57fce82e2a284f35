import type { HttpHandler } from '@azure/functions';
import { z } from 'zod';
import { runStatusSchema, runTriggerSchema } from '../../schemas/run-document-schema.ts';
import { InvalidTokenError, type RunFilter, type RunStore } from '../../use-cases/ports.ts';
import { httpHandler } from './http-handler.ts';
import { invalidToken } from './problem.ts';
import { continuationToken, limit, readQuery } from './read-query.ts';
import { runDocument } from './run-document.ts';

const querySchema = z.strictObject({
  status: runStatusSchema.optional(),
  trigger: runTriggerSchema.optional(),
  limit: limit(20, 100),
  continuationToken,
});

/** `GET /runs`: a page of runs, newest first. */
export function listRunsHandler(runs: Pick<RunStore, 'list'>, now: () => number): HttpHandler {
  return httpHandler(async (request) => {
    const filter = readQuery(request, querySchema) as RunFilter;
    try {
      const { value, ...rest } = await runs.list(filter);
      return { jsonBody: { value: value.map((run) => runDocument(run, now())), ...rest } };
    } catch (error) {
      throw error instanceof InvalidTokenError ? invalidToken() : error;
    }
  });
}

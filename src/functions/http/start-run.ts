import type { HttpHandler } from '@azure/functions';
import { z } from 'zod';
import type { startRun } from '../../use-cases/start-run.ts';
import { httpHandler } from './http-handler.ts';
import { readBody } from './read-body.ts';
import { runDocument } from './run-document.ts';

const bodySchema = z.strictObject({
  reason: z.string().trim().min(1).max(500).optional(),
});

/** How soon a caller should look at the new run, seconds: the monitor's pace. */
const RETRY_AFTER_SECONDS = 10;

/** `POST /runs`: 202 with the run and where to follow it. */
export function startRunHandler(
  start: ReturnType<typeof startRun>,
  now: () => number,
): HttpHandler {
  return httpHandler(async (request, context) => {
    const { reason } = await readBody(request, bodySchema);
    const run = await start(
      {
        action: 'syncDevice',
        trigger: 'http',
        requestedBy: 'functionKey',
        ...(reason === undefined ? {} : { reason }),
      },
      context,
    );
    return {
      status: 202,
      headers: { Location: `/api/runs/${run.id}`, 'Retry-After': String(RETRY_AFTER_SECONDS) },
      jsonBody: runDocument(run, now()),
    };
  });
}

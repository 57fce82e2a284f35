import type { HttpHandler, HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import type { DeviceReport } from '../../core/device-report.ts';
import { deviceOutcomeSchema } from '../../schemas/device-document-schema.ts';
import { type DeviceFilter, InvalidTokenError, type Ports } from '../../use-cases/ports.ts';
import { csvStream } from './csv.ts';
import { httpHandler } from './http-handler.ts';
import { invalidToken } from './problem.ts';
import { continuationToken, limit, readQuery } from './read-query.ts';
import { noSuchRun, runIdOf } from './run-id-of.ts';

const querySchema = z.strictObject({
  outcome: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(deviceOutcomeSchema))
    .optional(),
  format: z.enum(['json', 'csv']).default('json'),
  limit: limit(500, 5_000),
  continuationToken,
});

/** The columns of the CSV. */
export const deviceColumns = [
  'deviceId',
  'deviceName',
  'platform',
  'outcome',
  'reason',
  'code',
  'message',
  'attempts',
  'sentBy',
  'requestId',
  'acceptedAt',
  'previousCheckInAt',
  'checkedInAt',
  'ownership',
] as const satisfies readonly (keyof DeviceReport)[];

/** `GET /runs/{id}/devices`: what became of each device; a page of JSON, or all of it as CSV. */
export function getRunDevicesHandler({
  runs,
  ledger,
}: Pick<Ports, 'runs' | 'ledger'>): HttpHandler {
  return httpHandler(async (request) => {
    const id = runIdOf(request);
    const { outcome: outcomes, format, ...page } = readQuery(request, querySchema);
    if ((await runs.get(id)) === undefined) throw noSuchRun();
    if (format === 'csv') return csv(id, csvStream(deviceColumns, ledger.eachDevice(id, outcomes)));
    try {
      const filter = { ...page, ...(outcomes === undefined ? {} : { outcomes }) } as DeviceFilter;
      return { jsonBody: await ledger.listDevices(id, filter) };
    } catch (error) {
      throw error instanceof InvalidTokenError ? invalidToken() : error;
    }
  });
}

function csv(id: string, body: ReturnType<typeof csvStream>): HttpResponseInit {
  const headers = {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="fleet-sync-${id}.csv"`,
  };
  return { headers, body };
}

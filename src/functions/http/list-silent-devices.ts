import type { HttpHandler } from '@azure/functions';
import { z } from 'zod';
import type { SilentDevice } from '../../core/silence.ts';
import type { silentDevices } from '../../use-cases/silent-devices.ts';
import { csvStream } from './csv.ts';
import { httpHandler } from './http-handler.ts';
import { limit, readQuery } from './read-query.ts';

const runsMessage = 'must be a whole number from 1 to 10, for example 3';

const querySchema = z.strictObject({
  runs: z
    .string()
    .default('3')
    .refine((text) => /^([1-9]|10)$/.test(text), { error: runsMessage })
    .transform(Number),
  format: z.enum(['json', 'csv']).default('json'),
  limit: limit(500, 5_000),
  // The last device of the page before.
  continuationToken: z.guid({ error: 'must be that of the page before, unchanged' }).optional(),
});

const columns = [
  'deviceId',
  'deviceName',
  'platform',
  'ownership',
  'lastCheckInAt',
  'runId',
] as const satisfies readonly (keyof SilentDevice)[];

/** `GET /devices/silent`: who stayed silent in the last runs; a page of JSON, or all of it as CSV. */
export function listSilentDevicesHandler(list: ReturnType<typeof silentDevices>): HttpHandler {
  return httpHandler(async (request) => {
    const { runs, format, ...page } = readQuery(request, querySchema);
    const devices = await list(runs);
    if (format === 'json') return { jsonBody: pageOf(devices, page) };
    return {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="fleet-sync-silent.csv"',
      },
      body: csvStream(columns, [devices]),
    };
  });
}

function pageOf(
  devices: readonly SilentDevice[],
  {
    limit: size,
    continuationToken: after = '',
  }: { limit: number; continuationToken?: string | undefined },
) {
  const rest = devices.filter(({ deviceId }) => deviceId > after);
  const value = rest.slice(0, size);
  const last = value.at(-1)?.deviceId;
  return rest.length > size && last !== undefined ? { value, continuationToken: last } : { value };
}

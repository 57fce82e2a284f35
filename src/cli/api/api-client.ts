import { z } from 'zod';
import type { CliContext } from '../context.ts';
import { type Answer, askFor } from './ask.ts';
import { createCredentials } from './credentials.ts';
import {
  type Device,
  type SilentDevice,
  devicePageSchema,
  silentDevicePageSchema,
} from './device-document.ts';
import { type ChunkReader, readCsv } from './read-csv.ts';
import { type Run, type RunPage, runPageSchema, runSchema } from './run-document.ts';
import type { SendTools } from './send.ts';
import type { StartBody } from './start-body.ts';
import type { Target } from './target.ts';

/** What `GET /runs` can be asked for. */
export interface RunQuery {
  status?: string;
  trigger?: string;
  limit?: number;
  continuationToken?: string;
}

/** The run that answers a wish to start one. */
export interface StartedRun {
  run: Run;
  /** False when the app answered with a run that was open already (`onOverlap: coalesce`). */
  isNew: boolean;
}

/**
 * The API of fleet-sync. GETs, and POSTs with an idempotency key, are repeated when they fail for a
 * passing reason. Everything throws ApiError or UnreachableError.
 */
export interface ApiClient {
  startRun: (body: StartBody, idempotencyKey: string) => Promise<StartedRun>;
  getRun: (id: string) => Promise<Run>;
  listRuns: (query: RunQuery) => Promise<RunPage>;
  /** @returns the run, if the answer has it. */
  cancelRun: (id: string) => Promise<Run | undefined>;
  /** @param outcomes narrows the devices; `undefined` for all that did not succeed. */
  retryRun: (
    id: string,
    outcomes: readonly string[] | undefined,
    idempotencyKey: string,
  ) => Promise<Run>;
  /** Every device of the run, or those with one outcome, page by page. */
  listDevices: (id: string, outcome: string | undefined) => AsyncGenerator<Device>;
  /** Every device that was silent in the last `runs` verified runs, page by page. */
  listSilentDevices: (runs: number) => AsyncGenerator<SilentDevice>;
  /** The same devices as CSV. */
  readSilentDevicesCsv: (runs: number, read: ChunkReader) => Promise<void>;
  /** The devices of the run, or those with one outcome, as CSV. */
  readDevicesCsv: (id: string, outcome: string | undefined, read: ChunkReader) => Promise<void>;
}

/** Devices are asked for in the largest pages that the API gives. */
const DEVICES_PER_PAGE = '5000';

export function createApiClient(target: Target, context: CliContext): ApiClient {
  const credentials = createCredentials(target, context);
  const tools: SendTools = { url: target.url, credentials, context };

  const get = <T>(path: string, schema: z.ZodType<T>, query: Query = {}) =>
    askFor({ method: 'GET', path, query }, schema, tools).then(valueOf);
  const post = <T>(path: string, schema: z.ZodType<T>, payload: Payload = {}) =>
    askFor({ method: 'POST', path, ...payload }, schema, tools);

  return {
    startRun: async (body, idempotencyKey) => {
      const { status, value } = await post('/runs', runSchema, { body, idempotencyKey });
      return { run: value, isNew: status === 202 };
    },
    getRun: (id) => get(pathOf(id), runSchema),
    listRuns: ({ limit, ...query }) =>
      get('/runs', runPageSchema, { ...query, limit: limit?.toString() }),
    cancelRun: (id) => post(`${pathOf(id)}/cancel`, runIfAnswered).then(valueOf),
    retryRun: (id, outcomes, idempotencyKey) => {
      const body = outcomes === undefined ? {} : { outcomes };
      return post(`${pathOf(id)}/retry`, runSchema, { body, idempotencyKey }).then(valueOf);
    },
    listDevices: async function* (id, outcome) {
      let continuationToken: string | undefined;
      do {
        const query = { outcome, limit: DEVICES_PER_PAGE, continuationToken };
        const page = await get(`${pathOf(id)}/devices`, devicePageSchema, query);
        yield* page.value;
        continuationToken = page.continuationToken ?? undefined;
      } while (continuationToken !== undefined);
    },
    listSilentDevices: async function* (runs) {
      let continuationToken: string | undefined;
      do {
        const query = { runs: String(runs), limit: DEVICES_PER_PAGE, continuationToken };
        const page = await get('/devices/silent', silentDevicePageSchema, query);
        yield* page.value;
        continuationToken = page.continuationToken ?? undefined;
      } while (continuationToken !== undefined);
    },
    readSilentDevicesCsv: (runs, read) => {
      const query = { runs: String(runs), format: 'csv' };
      return readCsv({ method: 'GET', path: '/devices/silent', query }, read, tools);
    },
    readDevicesCsv: (id, outcome, read) => {
      const query = { outcome, format: 'csv' };
      return readCsv({ method: 'GET', path: `${pathOf(id)}/devices`, query }, read, tools);
    },
  };
}

type Query = Readonly<Record<string, string | undefined>>;
type Payload = { body?: unknown; idempotencyKey?: string };

/** The API promises 202 for a cancellation, but not what is in its body. */
const runIfAnswered = z.union([runSchema, z.unknown().transform(() => undefined)]);

function valueOf<T>({ value }: Answer<T>): T {
  return value;
}

function pathOf(id: string): string {
  return `/runs/${encodeURIComponent(id)}`;
}

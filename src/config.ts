import { z } from 'zod';
import type { StorageConnection } from './adapters/storage-connection.ts';
import { graphClouds } from './core/graph-clouds.ts';
import type { Scope } from './core/scope.ts';
import type { ScheduledRun } from './functions/scheduled-sync.ts';
import { parseNcrontab } from './schedule/ncrontab.ts';
import { scopeSchema } from './schemas/scope-schema.ts';

/** Everything the app takes from its environment, parsed and with its defaults. */
export interface Config {
  readonly storage: StorageConnection;
  /** The client id of a user-assigned identity; `undefined` for the system-assigned one. */
  readonly clientId: string | undefined;
  /** The identity for storage, when it is another one. */
  readonly storageClientId: string | undefined;
  readonly graph: {
    /** Where requests go, without a version. */
    readonly endpoint: string;
    /** What tokens are issued for. */
    readonly resource: string;
  };
  readonly sync: {
    readonly schedule: string;
    readonly batchSize: number;
    readonly batchDelayMs: number;
    readonly maxRetries: number;
    readonly initialBackoffMs: number;
    readonly maxBackoffMs: number;
    readonly writesPerSecond: number;
    readonly deadlineMs: number;
  };
  /** What the schedule starts; its device limit is that of every run. */
  readonly scheduledRun: ScheduledRun;
  /** Runs older than this are removed, ms. */
  readonly retentionMs: number;
  readonly telemetry: {
    /** `undefined`: metrics go to the log only. */
    readonly connectionString: string | undefined;
    readonly usesIdentity: boolean;
    /** The identity for telemetry, when it is another one than the app's. */
    readonly clientId: string | undefined;
  };
}

/** A setting the app cannot start with; the message names it, what is wrong and an example. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A number setting with its bounds, and the default when it is absent or empty. */
function numeric(fallback: number, min: number, max: number, isWhole = false) {
  const kind = isWhole ? 'a whole number' : 'a number';
  const message = `must be ${kind} from ${min} to ${max}, for example ${fallback}`;
  const number = isWhole ? z.int(message) : z.number(message);
  return z
    .string()
    .default(String(fallback))
    .transform((text) => (/^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN))
    .pipe(number.min(min, message).max(max, message));
}

const cloud = z
  .enum(['public', 'usGov', 'usGovDoD', 'china'], {
    error: 'must be public, usGov, usGovDoD or china',
  })
  .default('public');

const endpoint = z
  .string()
  .refine(isLoopbackHttps, {
    error:
      'must be https on a loopback address, for example https://127.0.0.1:8443; leave it unset in Azure',
  })
  .transform((text) => new URL(text).origin)
  .optional();

const schedule = z.string().default('0 0 2 * * 0').refine(isSchedule, {
  error:
    'must be an NCRONTAB expression of six fields, for example 0 0 2 * * 0 (Sundays, 02:00 UTC)',
});

/**
 * A new device checks in by itself, every few minutes for two hours
 * (learn.microsoft.com/intune/intune-service/configuration/device-profile-troubleshoot).
 */
const JUST_ENROLLED_HOURS = 2;

/** The scope of the scheduled run: JSON in a setting. */
const scope = z
  .string()
  .default('{}')
  .transform((text, context): Scope => {
    const parsed = scopeSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    context.addIssue({
      code: 'custom',
      message: `must be a scope as JSON, for example {"platforms":["windows"]}: ${where} ${issue?.message ?? ''}`,
    });
    return z.NEVER;
  });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const clientIdError =
  'must be the client id of the user-assigned identity, for example 12345678-1234-4234-8234-123456789abc';

const serviceUri = z.url({
  protocol: /^https$/,
  error: 'must be an https address, for example https://myaccount.queue.core.windows.net',
});

const connectionString = z.string().regex(/InstrumentationKey=/i, {
  error:
    'must be the connection string of an Application Insights component (InstrumentationKey=…;IngestionEndpoint=…)',
});

const schema = z.object({
  AzureWebJobsStorage: z.string().optional(),
  AzureWebJobsStorage__queueServiceUri: serviceUri.optional(),
  AzureWebJobsStorage__tableServiceUri: serviceUri.optional(),
  AZURE_CLIENT_ID: z.guid({ error: clientIdError }).optional(),
  AzureWebJobsStorage__clientId: z.guid({ error: clientIdError }).optional(),
  GRAPH_CLOUD: cloud,
  GRAPH_ENDPOINT: endpoint,
  SYNC_SCHEDULE: schedule,
  SYNC_BATCH_SIZE: numeric(50, 1, 98, true),
  SYNC_BATCH_DELAY_SECONDS: numeric(0, 0, 3600),
  SYNC_MAX_RETRIES: numeric(5, 0, 20, true),
  SYNC_INITIAL_BACKOFF_SECONDS: numeric(5, 0.1, 3600),
  SYNC_MAX_BACKOFF_SECONDS: numeric(300, 0.1, 3600),
  SYNC_WRITES_PER_SECOND: numeric(8, 0.1, 20),
  SYNC_RUN_DEADLINE_HOURS: numeric(24, 1, 168),
  SYNC_SCOPE: scope,
  SYNC_SKIP_SYNCED_WITHIN_MINUTES: numeric(15, 0, 525_600),
  SYNC_MAX_DEVICES: numeric(10_000_000, 1, 10_000_000, true).optional(),
  SYNC_RETENTION_DAYS: numeric(90, 1, 3_650),
  APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString.optional(),
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: z
    .string()
    .regex(/^Authorization=AAD(;ClientId=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/i, {
      error: 'must be Authorization=AAD, or Authorization=AAD;ClientId= and a client id',
    })
    .optional(),
});

type Settings = z.output<typeof schema>;

/** Azurite's well-known short form, which the Functions host also takes. */
const DEVELOPMENT_STORAGE = 'UseDevelopmentStorage=true';

/**
 * Reads the settings.
 *
 * @param environment the process's environment; an empty value counts as absent
 * @throws ConfigError for the first setting that cannot be used
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(environment).filter(([, value]) => value?.trim() !== '');
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    throw new ConfigError(
      `${name} ${issue?.message ?? 'is invalid'}. It is "${environment[name] ?? ''}".`,
    );
  }
  return toConfig(parsed.data);
}

function toConfig(settings: Settings): Config {
  const resource = graphClouds[settings.GRAPH_CLOUD];
  const initialBackoffMs = settings.SYNC_INITIAL_BACKOFF_SECONDS * 1000;
  const maxBackoffMs = settings.SYNC_MAX_BACKOFF_SECONDS * 1000;
  if (maxBackoffMs < initialBackoffMs) {
    throw new ConfigError(
      'SYNC_MAX_BACKOFF_SECONDS must not be less than SYNC_INITIAL_BACKOFF_SECONDS, ' +
        `for example ${settings.SYNC_INITIAL_BACKOFF_SECONDS}.`,
    );
  }
  return {
    storage: storageOf(settings),
    clientId: settings.AZURE_CLIENT_ID,
    storageClientId: settings.AzureWebJobsStorage__clientId ?? settings.AZURE_CLIENT_ID,
    graph: { endpoint: settings.GRAPH_ENDPOINT ?? resource, resource },
    sync: {
      schedule: settings.SYNC_SCHEDULE,
      batchSize: settings.SYNC_BATCH_SIZE,
      batchDelayMs: settings.SYNC_BATCH_DELAY_SECONDS * 1000,
      maxRetries: settings.SYNC_MAX_RETRIES,
      initialBackoffMs,
      maxBackoffMs,
      writesPerSecond: settings.SYNC_WRITES_PER_SECOND,
      deadlineMs: settings.SYNC_RUN_DEADLINE_HOURS * 3_600_000,
    },
    scheduledRun: {
      scope: settings.SYNC_SCOPE,
      skip: {
        syncedWithinMinutes: settings.SYNC_SKIP_SYNCED_WITHIN_MINUTES,
        enrolledWithinHours: JUST_ENROLLED_HOURS,
      },
      ...(settings.SYNC_MAX_DEVICES === undefined ? {} : { maxDevices: settings.SYNC_MAX_DEVICES }),
    },
    retentionMs: settings.SYNC_RETENTION_DAYS * 86_400_000,
    telemetry: {
      connectionString: settings.APPLICATIONINSIGHTS_CONNECTION_STRING,
      usesIdentity: settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING !== undefined,
      clientId:
        /ClientId=(.+)$/i.exec(settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING ?? '')?.[1] ??
        settings.AZURE_CLIENT_ID,
    },
  };
}

function storageOf(settings: Settings): StorageConnection {
  const queueServiceUri = settings.AzureWebJobsStorage__queueServiceUri;
  const tableServiceUri = settings.AzureWebJobsStorage__tableServiceUri;
  const { AzureWebJobsStorage: text } = settings;
  if (text !== undefined) {
    if (text !== DEVELOPMENT_STORAGE && !/AccountName=/i.test(text)) {
      throw new ConfigError(
        'AzureWebJobsStorage must be a storage connection string, for example ' +
          `${DEVELOPMENT_STORAGE}; in Azure use AzureWebJobsStorage__queueServiceUri instead.`,
      );
    }
    return { kind: 'connectionString', connectionString: text };
  }
  if (queueServiceUri === undefined || tableServiceUri === undefined) {
    const name = `AzureWebJobsStorage__${queueServiceUri === undefined ? 'queue' : 'table'}ServiceUri`;
    const service = queueServiceUri === undefined ? 'queue' : 'table';
    throw new ConfigError(
      `${name} is missing: the address of the ${service} service, ` +
        `for example https://myaccount.${service}.core.windows.net.`,
    );
  }
  return { kind: 'identity', queueServiceUri, tableServiceUri };
}

function isLoopbackHttps(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:') return false;
  return (
    url.hostname === 'localhost' ||
    url.hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(url.hostname)
  );
}

function isSchedule(text: string): boolean {
  try {
    parseNcrontab(text);
    return text.trim().split(/\s+/).length === 6;
  } catch {
    return false;
  }
}

import { type EntraConfig, entraOf } from './access-config.ts';
import type { WebhookOptions } from './adapters/notify/webhook-notifier.ts';
import type { StorageConnection } from './adapters/storage-connection.ts';
import type { AlertRules } from './core/alert-rule.ts';
import type { SendMode } from './core/batch.ts';
import { bulkClouds, graphClouds } from './core/graph-clouds.ts';
import type { ScheduledRun } from './functions/scheduled-sync.ts';
import { type Settings, settingsSchema } from './schemas/settings-schema.ts';

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
    /** Whether commands can be sent in bulk there. */
    readonly isBulkOffered: boolean;
  };
  /** `undefined`: a function key is what callers need. */
  readonly entra: EntraConfig | undefined;
  readonly sync: {
    readonly schedule: string;
    readonly batchSize: number;
    readonly batchDelayMs: number;
    readonly maxRetries: number;
    readonly initialBackoffMs: number;
    readonly maxBackoffMs: number;
    readonly writesPerSecond: number;
    readonly deadlineMs: number;
    /** How commands are sent unless a request says otherwise. */
    readonly mode: SendMode;
  };
  /** How many runs a caller may start in a minute, and at once. */
  readonly startsPerMinute: number;
  /** What the schedule starts; its device limit is that of every run. */
  readonly scheduledRun: ScheduledRun;
  /** What alerts start; the device limit of every run holds for theirs as well. */
  readonly alertRules: AlertRules;
  /** Runs older than this are removed, ms. */
  readonly retentionMs: number;
  /** Who is told of runs that ended; `undefined`: nobody. */
  readonly notify: Pick<WebhookOptions, 'url' | 'format' | 'appUrl'> | undefined;
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

/**
 * A new device checks in by itself, every few minutes for two hours
 * (learn.microsoft.com/intune/intune-service/configuration/device-profile-troubleshoot).
 */
const JUST_ENROLLED_HOURS = 2;

/** Azurite's well-known short form, which the Functions host also takes. */
const DEVELOPMENT_STORAGE = 'UseDevelopmentStorage=true';

/** Settings whose value is never repeated in a message. */
const secrets = new Set(['NOTIFY_WEBHOOK_URL']);

/**
 * Reads the settings.
 *
 * @param environment the process's environment; an empty value counts as absent
 * @throws ConfigError for the first setting that cannot be used
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(environment).filter(([, value]) => value?.trim() !== '');
  const parsed = settingsSchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    const value = secrets.has(name) ? '' : ` It is "${environment[name] ?? ''}".`;
    throw new ConfigError(`${name} ${issue?.message ?? 'is invalid'}.${value}`);
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
  const isBulkOffered = bulkClouds.includes(settings.GRAPH_CLOUD);
  assertBulkOffered(settings, 'SYNC_SEND_MODE', settings.SYNC_SEND_MODE);
  return {
    storage: storageOf(settings),
    clientId: settings.AZURE_CLIENT_ID,
    storageClientId: settings.AzureWebJobsStorage__clientId ?? settings.AZURE_CLIENT_ID,
    graph: { endpoint: settings.GRAPH_ENDPOINT ?? resource, resource, isBulkOffered },
    entra: entraOf(settings),
    sync: {
      schedule: settings.SYNC_SCHEDULE,
      batchSize: settings.SYNC_BATCH_SIZE,
      batchDelayMs: settings.SYNC_BATCH_DELAY_SECONDS * 1000,
      maxRetries: settings.SYNC_MAX_RETRIES,
      initialBackoffMs,
      maxBackoffMs,
      writesPerSecond: settings.SYNC_WRITES_PER_SECOND,
      deadlineMs: settings.SYNC_RUN_DEADLINE_HOURS * 3_600_000,
      mode: settings.SYNC_SEND_MODE,
    },
    scheduledRun: {
      scope: settings.SYNC_SCOPE,
      mode: settings.SYNC_SEND_MODE,
      skip: {
        syncedWithinMinutes: settings.SYNC_SKIP_SYNCED_WITHIN_MINUTES,
        enrolledWithinHours: JUST_ENROLLED_HOURS,
      },
      ...(settings.SYNC_MAX_DEVICES === undefined ? {} : { maxDevices: settings.SYNC_MAX_DEVICES }),
    },
    startsPerMinute: settings.SYNC_STARTS_PER_MINUTE,
    alertRules: alertRulesOf(settings),
    retentionMs: settings.SYNC_RETENTION_DAYS * 86_400_000,
    notify: notifyOf(settings),
    telemetry: {
      connectionString: settings.APPLICATIONINSIGHTS_CONNECTION_STRING,
      usesIdentity: settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING !== undefined,
      clientId:
        /ClientId=(.+)$/i.exec(settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING ?? '')?.[1] ??
        settings.AZURE_CLIENT_ID,
    },
  };
}

/** @throws ConfigError when what is set to bulk cannot be, in the cloud at hand */
function assertBulkOffered({ GRAPH_CLOUD }: Settings, name: string, mode?: SendMode): void {
  if (mode !== 'bulk' || bulkClouds.includes(GRAPH_CLOUD)) return;
  throw new ConfigError(
    `${name} must be perDevice in the cloud ${GRAPH_CLOUD}: bulk needs Graph's beta version, ` +
      `which is offered in ${bulkClouds.join(', ')} only.`,
  );
}

function alertRulesOf(settings: Settings): AlertRules {
  const { SYNC_ALERT_RULES, SYNC_MAX_DEVICES, SYNC_SEND_MODE } = settings;
  const rules = [...SYNC_ALERT_RULES].map(([name, setting]) => {
    const { cooldownMinutes, reason, maxDevices, ...run } = setting;
    const limits = [maxDevices, SYNC_MAX_DEVICES].filter((limit) => limit !== undefined);
    assertBulkOffered(settings, `SYNC_ALERT_RULES.${name}.mode`, run.mode);
    const rule = {
      name,
      run: {
        mode: SYNC_SEND_MODE,
        ...run,
        ...(limits.length === 0 ? {} : { maxDevices: Math.min(...limits) }),
      },
      cooldownMs: cooldownMinutes * 60_000,
      ...(reason === undefined ? {} : { reason }),
    };
    return [name, rule] as const;
  });
  return new Map(rules);
}

function notifyOf(settings: Settings): Config['notify'] {
  const { NOTIFY_WEBHOOK_URL: url, NOTIFY_FORMAT: format, WEBSITE_HOSTNAME: host } = settings;
  if (url === undefined) return undefined;
  if (host === undefined) return { url, format };
  // A host on the developer's machine serves without https.
  const scheme = /^(localhost|127(\.\d{1,3}){3})(:|$)/i.test(host) ? 'http' : 'https';
  return { url, format, appUrl: `${scheme}://${host}` };
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

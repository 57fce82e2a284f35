import type { StorageConnection } from '../adapters/storage-connection.ts';
import type { AlertRules } from '../core/alert-rule.ts';
import type { ScheduledRun } from '../functions/scheduled-sync.ts';
import { type Settings, settingsSchema } from '../schemas/settings-schema.ts';
import { type EntraConfig, entraOf } from './access-config.ts';
import { alertRulesOf } from './alert-rules.ts';
import { ConfigError } from './config-error.ts';
import { type GraphConfig, graphOf } from './graph-config.ts';
import { type NotifyConfig, notifyOf } from './notify-config.ts';
import { scheduledRunOf } from './scheduled-run.ts';
import { storageOf } from './storage-config.ts';
import { type SyncConfig, syncOf } from './sync-config.ts';
import { type TelemetryConfig, telemetryOf } from './telemetry-config.ts';

/** Everything the app takes from its environment, parsed and with its defaults. */
export interface Config {
  readonly storage: StorageConnection;
  /** The client id of a user-assigned identity; `undefined` for the system-assigned one. */
  readonly clientId: string | undefined;
  /** The identity for storage, when it is another one. */
  readonly storageClientId: string | undefined;
  readonly graph: GraphConfig;
  /** `undefined`: a function key is what callers need. */
  readonly entra: EntraConfig | undefined;
  readonly sync: SyncConfig;
  /** How many runs a caller may start in a minute, and at once. */
  readonly startsPerMinute: number;
  /** What the schedule starts; its device limit is that of every run. */
  readonly scheduledRun: ScheduledRun;
  /** What alerts start; the device limit of every run holds for theirs as well. */
  readonly alertRules: AlertRules;
  /** When check-ins are verified, counted from the end of a run, ascending, ms. */
  readonly verifyAfterMs: readonly number[];
  /** Runs older than this are removed, ms. */
  readonly retentionMs: number;
  /** Who is told of runs that ended; `undefined`: nobody. */
  readonly notify: NotifyConfig | undefined;
  readonly telemetry: TelemetryConfig;
}

/** Settings whose value is never repeated in a message. */
const secrets = new Set(['NOTIFY_WEBHOOK_URL']);
/** Settings that say something by being empty. */
const meaningfulWhenEmpty = ['VERIFY_AFTER'];

/**
 * Reads the settings.
 *
 * @param environment the process's environment; an empty value counts as absent
 * @throws ConfigError for the first setting that cannot be used
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(environment).filter(
    ([name, value]) => value?.trim() !== '' || meaningfulWhenEmpty.includes(name),
  );
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
  return {
    sync: syncOf(settings),
    storage: storageOf(settings),
    clientId: settings.AZURE_CLIENT_ID,
    storageClientId: settings.AzureWebJobsStorage__clientId ?? settings.AZURE_CLIENT_ID,
    graph: graphOf(settings),
    entra: entraOf(settings),
    startsPerMinute: settings.SYNC_STARTS_PER_MINUTE,
    scheduledRun: scheduledRunOf(settings),
    alertRules: alertRulesOf(settings),
    verifyAfterMs: settings.VERIFY_AFTER,
    retentionMs: settings.SYNC_RETENTION_DAYS * 86_400_000,
    notify: notifyOf(settings),
    telemetry: telemetryOf(settings),
  };
}

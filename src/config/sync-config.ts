import type { SendMode } from '../core/batch.ts';
import type { Settings } from '../schemas/settings-schema.ts';
import { assertBulkOffered } from './assert-bulk-offered.ts';
import { ConfigError } from './config-error.ts';

/** When the schedule runs, and how commands are sent in every run. */
export interface SyncConfig {
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
}

/** @throws ConfigError when two settings contradict each other */
export function syncOf(settings: Settings): SyncConfig {
  const initialBackoffMs = settings.SYNC_INITIAL_BACKOFF_SECONDS * 1000;
  const maxBackoffMs = settings.SYNC_MAX_BACKOFF_SECONDS * 1000;
  if (maxBackoffMs < initialBackoffMs) {
    throw new ConfigError(
      'SYNC_MAX_BACKOFF_SECONDS must not be less than SYNC_INITIAL_BACKOFF_SECONDS, ' +
        `for example ${settings.SYNC_INITIAL_BACKOFF_SECONDS}.`,
    );
  }
  assertBulkOffered(settings, 'SYNC_SEND_MODE', settings.SYNC_SEND_MODE);
  return {
    schedule: settings.SYNC_SCHEDULE,
    batchSize: settings.SYNC_BATCH_SIZE,
    batchDelayMs: settings.SYNC_BATCH_DELAY_SECONDS * 1000,
    maxRetries: settings.SYNC_MAX_RETRIES,
    initialBackoffMs,
    maxBackoffMs,
    writesPerSecond: settings.SYNC_WRITES_PER_SECOND,
    deadlineMs: settings.SYNC_RUN_DEADLINE_HOURS * 3_600_000,
    mode: settings.SYNC_SEND_MODE,
  };
}

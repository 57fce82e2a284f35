import type { BatchDevice } from './device.ts';
import type { PlannedDevice } from './plan.ts';
import type { Totals } from './totals.ts';

export type BatchStatus = 'pending' | 'done' | 'cancelled' | 'poisoned';

/** One command for each device, or one for many. */
export const sendModes = ['perDevice', 'bulk'] as const;

export type SendMode = (typeof sendModes)[number];

/** How the run ended for one device. */
export interface DeviceResult {
  readonly outcome: 'accepted' | 'notFound' | 'notSupported' | 'failed' | 'cancelled' | 'unknown';
  readonly code?: string;
  readonly message?: string;
  readonly requestId?: string;
  /** When Graph accepted the command, ms since the epoch. */
  readonly acceptedAt?: number;
  /** How the command went that led to the result; absent when none was sent. */
  readonly sentBy?: SendMode;
}

/** How far one device of a batch has come. */
export interface DeviceProgress {
  /** How often a command was sent, throttled ones included. */
  readonly attempts: number;
  /** How often it failed in a way that counts against the retries. */
  readonly failures: number;
  /** Not to be sent again before this, ms since the epoch. */
  readonly retryAt?: number;
  /** The bulk call did not work for it: it gets a command of its own. */
  readonly isSingle?: boolean;
  readonly result?: DeviceResult;
}

/** One batch of a run, as the ledger keeps it. Times are ms since the epoch. */
export interface Batch {
  readonly runId: string;
  readonly number: number;
  readonly status: BatchStatus;
  readonly devices: readonly BatchDevice[];
  /** By device, in the order of `devices`. */
  readonly progress: readonly DeviceProgress[];
  readonly throttled: number;
  /** When the plan wanted the batch to be sent; never changes. */
  readonly scheduledAt: number;
  /** When the batch is next due: a message for it becomes visible about then. */
  readonly dueAt: number;
  /** The message whose delivery works on the batch now. */
  readonly claimedBy?: string;
  /** The last sign of life of that delivery. */
  readonly aliveAt?: number;
  /** How often a new message replaced one that seemed lost. */
  readonly requeues: number;
  readonly finishedAt?: number;
}

/** A batch as the monitor sees it: no devices, only what it counts and how alive it is. */
export interface BatchSummary extends Pick<
  Batch,
  | 'number'
  | 'status'
  | 'scheduledAt'
  | 'dueAt'
  | 'claimedBy'
  | 'aliveAt'
  | 'requeues'
  | 'finishedAt'
> {
  readonly totals: Totals;
}

/** The first state of a batch in the ledger. */
export function pendingBatch(
  runId: string,
  number: number,
  devices: readonly PlannedDevice[],
  dueAt: number,
): Batch {
  return {
    runId,
    number,
    status: 'pending',
    devices: devices.map(({ id, name, platform, lastSyncAt }) => ({
      id,
      name,
      platform,
      lastSyncAt,
    })),
    progress: devices.map(({ result }) => ({
      attempts: 0,
      failures: 0,
      ...(result === undefined ? {} : { result }),
    })),
    throttled: 0,
    scheduledAt: dueAt,
    dueAt,
    requeues: 0,
  };
}

/** What a batch adds to the run's totals once it is final. */
export function totalsOf(batch: Batch): Totals {
  const counts = { success: 0, error: 0, cancelled: 0, unknown: 0 };
  const errorsByCode: Record<string, number> = {};
  for (const { result } of batch.progress) {
    const outcome = result?.outcome ?? 'unknown';
    if (outcome === 'accepted') counts.success++;
    else if (outcome === 'cancelled' || outcome === 'unknown') counts[outcome]++;
    else {
      counts.error++;
      const code = result?.code ?? outcome;
      errorsByCode[code] = (errorsByCode[code] ?? 0) + 1;
    }
  }
  return { ...counts, batches: 1, throttled: batch.throttled, errorsByCode };
}

/**
 * Closes a batch: every device without a result gets `unresolved`, and the claim ends. The sum of
 * its totals is the number of its devices from here on.
 */
export function closeBatch(
  batch: Batch,
  status: Exclude<BatchStatus, 'pending'>,
  unresolved: DeviceResult,
  now: number,
): Batch {
  const { claimedBy: _claimedBy, aliveAt: _aliveAt, ...rest } = batch;
  return {
    ...rest,
    status,
    progress: batch.progress.map((device) => ({
      attempts: device.attempts,
      failures: device.failures,
      result: device.result ?? unresolved,
    })),
    finishedAt: now,
  };
}

import { z } from 'zod';
import {
  type Batch,
  type BatchSummary,
  type DeviceProgress,
  sendModes,
  totalsOf,
} from '../../core/batch.ts';
import type { BatchDevice } from '../../core/device.ts';
import { instant, joinText, json, splitText, withoutNulls } from './codecs.ts';

/** What the monitor reads of a batch; small, however many devices the batch has. */
const summarySchema = z.object({
  number: z.number(),
  status: z.enum(['pending', 'done', 'cancelled', 'poisoned']),
  scheduledAt: instant,
  dueAt: instant,
  claimedBy: z.string().optional(),
  aliveAt: instant.optional(),
  requeues: z.number(),
  finishedAt: instant.optional(),
  throttled: z.number(),
  success: z.number(),
  error: z.number(),
  cancelled: z.number(),
  unknown: z.number(),
  errorsByCode: json(z.record(z.string(), z.number())),
});

/** Tuples, since the names of the properties would be half of the text. */
const devicesSchema = z.array(z.tuple([z.string(), z.string(), z.string(), z.number().nullable()]));

const progressSchema = z.array(
  z.object({
    attempts: z.number(),
    failures: z.number(),
    retryAt: z.number().optional(),
    isSingle: z.boolean().optional(),
    result: z
      .object({
        outcome: z.enum(['accepted', 'notFound', 'notSupported', 'failed', 'cancelled', 'unknown']),
        code: z.string().optional(),
        message: z.string().optional(),
        requestId: z.string().optional(),
        acceptedAt: z.number().optional(),
        sentBy: z.enum(sendModes).optional(),
      })
      .optional(),
  }),
);

/** The columns of a summary, for `$select`. */
export const summaryColumns = Object.keys(summarySchema.shape);

/** Numbers are padded, so that batches sort by number: up to 10 million batches in a run. */
export function batchRowKey(number: number): string {
  return `batch-${String(number).padStart(7, '0')}`;
}

/** After every batch row and before every device row. */
export const BATCH_ROWS_END = 'batch.';

export function toBatchEntity(batch: Batch) {
  const { devices, progress, runId, ...columns } = batch;
  const { batches: _batches, ...counts } = totalsOf(batch);
  return {
    ...z.encode(summarySchema, { ...columns, ...counts }),
    ...splitText('devices', devicesText(devices)),
    ...splitText('progress', progressText(progress)),
    partitionKey: runId,
    rowKey: batchRowKey(batch.number),
  };
}

/** @throws ZodError when the item was not written by this app */
export function fromBatchEntity(runId: string, entity: Record<string, unknown>): Batch {
  const {
    success: _s,
    error: _e,
    cancelled: _c,
    unknown: _u,
    errorsByCode: _x,
    ...columns
  } = summarySchema.parse(withoutNulls(entity));
  const devices = devicesSchema
    .parse(JSON.parse(joinText('devices', entity)))
    .map(([id, name, platform, at]) => ({ id, name, platform, lastSyncAt: at ?? undefined }));
  const saved = progressSchema.parse(JSON.parse(joinText('progress', entity)));
  const progress = devices.map((_, index) => saved[index] ?? untouched);
  return withoutUndefined({ runId, ...columns, devices, progress }) as Batch;
}

const untouched: DeviceProgress = { attempts: 0, failures: 0 };

function devicesText(devices: readonly BatchDevice[]): string {
  const tuples = devices.map(({ id, name, platform, lastSyncAt }) => [
    id,
    name,
    platform,
    lastSyncAt ?? null,
  ]);
  return JSON.stringify(tuples);
}

/** Nothing for a batch that nobody worked on: a plan writes thousands of those at once. */
function progressText(progress: readonly DeviceProgress[]): string {
  return JSON.stringify(
    progress.some(({ attempts, result }) => attempts > 0 || result !== undefined) ? progress : [],
  );
}

export function toSummary(entity: object): BatchSummary {
  const { success, error, cancelled, unknown, errorsByCode, throttled, ...columns } =
    summarySchema.parse(withoutNulls(entity));
  const totals = { success, error, cancelled, unknown, errorsByCode, throttled, batches: 1 };
  return withoutUndefined({ ...columns, totals }) as BatchSummary;
}

/** Optional properties are absent or set, as the types of the core say. */
function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, property]) => property !== undefined));
}

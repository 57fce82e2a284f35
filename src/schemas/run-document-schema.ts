import { z } from 'zod';
import { sendModes } from '../core/batch.ts';
import { finalStatuses, openStatuses, runTriggers } from '../core/run.ts';
import { pageOf } from './page-schema.ts';
import { scopeSchema } from './scope-schema.ts';

const time = z.iso.datetime();
const timeOrNull = time.nullable();
const count = z.int().min(0);
const counts = z.record(z.string(), count);
const sample = z.record(
  z.string(),
  z.array(z.strictObject({ deviceId: z.string(), deviceName: z.string() })),
);

const told = z.strictObject({ code: z.string(), title: z.string(), detail: z.string() });

export const runStatusSchema = z.enum([...openStatuses, ...finalStatuses]);
export const runTriggerSchema = z.enum(runTriggers);

const countOrNull = count.nullable();
const minutesOrNull = z.number().min(0).nullable();

/** A look at which accepted devices have checked in; all but `dueAt` is null until it was made. */
const verificationSchema = z.strictObject({
  dueAt: time,
  at: timeOrNull,
  checkedIn: countOrNull,
  byItself: countOrNull,
  silent: countOrNull,
  gone: countOrNull,
  medianMinutes: minutesOrNull,
  p90Minutes: minutesOrNull,
  problem: told.optional(),
});

/** What the sync does about app installs that failed on its devices. */
const appInstallsSchema = z.strictObject({
  readAt: time,
  retried: count,
  notRetried: count,
  unknown: count,
  failed: z
    .array(
      z.strictObject({
        app: z.string(),
        platform: z.string(),
        signedCode: z.int().nullable(),
        hex: z.string().nullable(),
        retryable: z.boolean().nullable(),
        devices: count,
      }),
    )
    .meta({
      description: 'By app and error, the most devices first; the first 50. `retryable` as known.',
    }),
  isComplete: z.boolean(),
  problem: told.optional(),
});

/** A run as the API shows it. */
export const runDocumentSchema = z
  .strictObject({
    id: z.string(),
    action: z.string(),
    parameters: z.record(z.string(), z.union([z.string(), counts])).meta({
      description:
        'Of the action; for one that each device has its own value of, devices by value.',
    }),
    trigger: runTriggerSchema,
    requestedBy: z.string(),
    reason: z.string().nullable(),
    priority: z.enum(['normal', 'urgent']),
    mode: z.enum(sendModes),
    dryRun: z.boolean(),
    ignorePartialFailures: z.boolean(),
    renudge: z.boolean(),
    scope: scopeSchema,
    status: runStatusSchema,
    createdAt: time,
    startedAt: timeOrNull,
    plannedAt: timeOrNull,
    completedAt: timeOrNull,
    deadlineAt: time,
    totals: z.strictObject({
      totalDevices: count,
      success: count,
      error: count,
      skipped: count,
      cancelled: count,
      unknown: count,
      pending: count,
    }),
    skippedByReason: counts,
    errorsByCode: counts,
    batchCount: count,
    batchesProcessed: count,
    throttledCount: count,
    durationMinutes: z.number().min(0),
    progress: z.strictObject({
      percent: z.number().min(0).max(100),
      devicesPerSecond: z.number().min(0),
      estimatedCompletionAt: timeOrNull,
    }),
    verification: z.array(verificationSchema),
    appInstalls: appInstallsSchema.optional().meta({
      description: 'Failed app installs that the run retries, or cannot, where it may read apps.',
    }),
    plan: z
      .strictObject({
        devices: count,
        notFound: count,
        byPlatform: counts,
        byReason: counts,
        calls: count,
        estimatedSeconds: count,
        sample: z.strictObject({ byPlatform: sample, byReason: sample }),
      })
      .optional(),
    problem: told.optional().meta({ description: 'Why the run could not do its work.' }),
    note: told.optional().meta({ description: 'To be known, although nothing went wrong.' }),
    links: z.strictObject({
      self: z.string(),
      devices: z.string(),
      plan: z.string().optional(),
      usedBy: z.string().optional(),
      retryOf: z.string().optional(),
      retriedBy: z.array(z.string()).optional(),
    }),
    report: z.strictObject({
      TotalDevices: count,
      SuccessCount: count,
      ErrorCount: count,
      DurationMinutes: z.number().min(0),
      BatchesProcessed: count,
    }),
  })
  .meta({ id: 'Run' });

export type RunDocument = z.input<typeof runDocumentSchema>;

export const runPageSchema = pageOf(runDocumentSchema, 'RunPage');

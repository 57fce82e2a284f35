import { z } from 'zod';
import { sendModes } from '../core/batch.ts';
import { deviceOutcomes } from '../core/device-report.ts';
import { finalStatuses, openStatuses, runTriggers } from '../core/run.ts';
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
export const deviceOutcomeSchema = z.enum(deviceOutcomes);

const problem = z.strictObject({ code: z.string(), title: z.string(), detail: z.string() });
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
  problem: problem.optional(),
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

/** A device of a run as the API shows it. */
export const deviceDocumentSchema = z
  .strictObject({
    deviceId: z.string(),
    deviceName: z.string(),
    platform: z.string(),
    outcome: deviceOutcomeSchema,
    reason: z.string().optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    attempts: count,
    sentBy: z.enum(sendModes).optional(),
    requestId: z.string().optional(),
    acceptedAt: time.optional(),
    previousCheckInAt: time.optional(),
    checkedInAt: time.optional(),
    ownership: z.string().optional(),
  })
  .meta({ id: 'Device' });

/** A device that stayed silent in the last runs, as the API shows it. */
export const silentDeviceSchema = z
  .strictObject({
    deviceId: z.string(),
    deviceName: z.string(),
    platform: z.string(),
    ownership: z.string().optional(),
    lastCheckInAt: time.optional(),
    runId: z.string(),
  })
  .meta({ id: 'SilentDevice' });

/** A page of a list. */
function pageOf<Item extends z.ZodType>(item: Item, id: string) {
  return z
    .strictObject({ value: z.array(item), continuationToken: z.string().optional() })
    .meta({ id });
}

export const runPageSchema = pageOf(runDocumentSchema, 'RunPage');
export const devicePageSchema = pageOf(deviceDocumentSchema, 'DevicePage');
export const silentDevicePageSchema = pageOf(silentDeviceSchema, 'SilentDevicePage');

/** A failure, RFC 9457. */
export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

const dependency = z.strictObject({
  status: z.enum(['ok', 'degraded', 'unavailable']),
  detail: z.string().optional(),
});

export const healthSchema = z
  .strictObject({
    status: z.enum(['ok', 'degraded', 'unavailable']),
    dependencies: z.record(z.string(), dependency),
  })
  .meta({ id: 'Health' });

import { z } from 'zod';
import { finalStatuses } from '../../core/run.ts';

const count = z.int().min(0);
const counts = z.record(z.string(), count);
/** ISO 8601 in UTC; null or absent while it has not happened. */
const time = z.string().nullish();

const sampledDevice = z.looseObject({ deviceId: z.string(), deviceName: z.string().nullish() });
const sampledDevices = z.record(z.string(), z.array(sampledDevice));

const told = z.looseObject({ code: z.string(), title: z.string(), detail: z.string() });

/** What a dry run found: devices to sync, skipped ones by reason, and what syncing them would take. */
const planSchema = z.looseObject({
  devices: count,
  byPlatform: counts,
  byReason: counts,
  calls: count,
  estimatedSeconds: z.number().min(0),
  sample: z
    .looseObject({ byPlatform: sampledDevices.optional(), byReason: sampledDevices.optional() })
    .optional(),
});

/** One look at which accepted devices have checked in. */
const verificationSchema = z.looseObject({
  dueAt: time,
  at: time,
  checkedIn: count.nullish(),
  byItself: count.nullish(),
  silent: count.nullish(),
  gone: count.nullish(),
  medianMinutes: z.number().nullish(),
  p90Minutes: z.number().nullish(),
  problem: z.looseObject({ title: z.string() }).nullish(),
});

/** What the sync does about app installs that failed on its devices. */
const appInstallsSchema = z.looseObject({
  retried: count,
  notRetried: count,
  unknown: count,
  failed: z.array(
    z.looseObject({
      app: z.string(),
      platform: z.string().nullish(),
      hex: z.string().nullish(),
      retryable: z.boolean().nullish(),
      devices: count,
    }),
  ),
  isComplete: z.boolean().nullish(),
  problem: z.looseObject({ title: z.string(), detail: z.string() }).nullish(),
});

/**
 * A run as the API answers it: what the command line reads is checked, and everything else is kept
 * as it came, for `--json`.
 */
export const runSchema = z.looseObject({
  id: z.string().min(1),
  status: z.string().min(1),
  action: z.string().nullish(),
  parameters: z.record(z.string(), z.union([z.string(), counts])).nullish(),
  trigger: z.string().nullish(),
  requestedBy: z.string().nullish(),
  reason: z.string().nullish(),
  priority: z.string().nullish(),
  mode: z.string().nullish(),
  scope: z.unknown().optional(),
  createdAt: time,
  plannedAt: time,
  completedAt: time,
  totals: z.looseObject({
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
  batchCount: count.nullish(),
  batchesProcessed: count.nullish(),
  throttledCount: count.nullish(),
  durationMinutes: z.number().min(0).nullish(),
  progress: z
    .looseObject({ devicesPerSecond: z.number().min(0).nullish(), estimatedCompletionAt: time })
    .nullish(),
  verification: z.array(verificationSchema).nullish(),
  appInstalls: appInstallsSchema.nullish(),
  problem: told.nullish(),
  note: told.nullish(),
  plan: planSchema.nullish(),
});

export type Run = z.infer<typeof runSchema>;
export type Plan = z.infer<typeof planSchema>;
export type Verification = z.infer<typeof verificationSchema>;

/** A page of runs, newest first. */
export const runPageSchema = z.looseObject({
  value: z.array(runSchema),
  continuationToken: z.string().nullish(),
});

export type RunPage = z.infer<typeof runPageSchema>;

/** Whether the run has ended, well or not. */
export function isEnded(run: Pick<Run, 'status'>): boolean {
  return (finalStatuses as readonly string[]).includes(run.status);
}

/** Devices that have an outcome. */
export function doneDevices({ totals }: Pick<Run, 'totals'>): number {
  return totals.totalDevices - totals.pending;
}

/** How many devices a plan would sync. */
export function plannedDevices({ plan, totals }: Run): number {
  return plan?.devices ?? totals.totalDevices - totals.skipped;
}

import { z } from 'zod';
import { finalStatuses } from '../../src/core/run.ts';

const count = z.int().min(0);
const counts = z.record(z.string(), count);

/**
 * A run as `GET /api/runs/{id}` answers it: what the demo reads is checked, and everything else is
 * kept as it came.
 */
export const runSchema = z.looseObject({
  id: z.string().min(1),
  status: z.string().min(1),
  mode: z.string().min(1),
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
  batchCount: count,
  batchesProcessed: count,
  throttledCount: count,
  /** Minutes; absent or null while nothing is known. */
  durationMinutes: z.number().min(0).nullish(),
  progress: z
    .looseObject({
      devicesPerSecond: z.number().min(0).nullish(),
      /** ISO 8601. */
      estimatedCompletionAt: z.string().nullish(),
    })
    .nullish(),
  problem: z.looseObject({ code: z.string(), title: z.string(), detail: z.string() }).nullish(),
});

export type Run = z.infer<typeof runSchema>;

/** Whether the run has ended, well or not. */
export function isFinal(run: Pick<Run, 'status'>): boolean {
  return (finalStatuses as readonly string[]).includes(run.status);
}

/** Devices that have an outcome. */
export function doneDevices({ totals }: Pick<Run, 'totals'>): number {
  return totals.totalDevices - totals.pending;
}

import type { Command } from './actions/action.ts';
import type { BatchPace } from './batch-schedule.ts';
import { summarizePlan } from './plan-summary.ts';
import { type Plan, countByReason } from './plan.ts';
import type { Run } from './run.ts';
import { bulkOf } from './send-mode.ts';

/** A plan, what it sends, and how fast. */
export interface PlannedWork {
  readonly plan: Plan;
  readonly command: Command;
  readonly pace: BatchPace;
}

/** A request that takes several writes of the budget goes so many times slower. */
export function paceFor({ cost = 1 }: Command, pace: BatchPace): BatchPace {
  return { ...pace, writesPerSecond: pace.writesPerSecond / cost };
}

/** What the plan changes in the run. A dry run is over with it, and has no metrics to hand over. */
export function plannedRun({ plan, command, pace }: PlannedWork, batchCount: number, now: number) {
  const totalDevices = plan.devices.length + plan.skipped.length;
  const note = totalDevices === 0 ? command.targets?.whenEmpty : undefined;
  const counts = {
    plannedAt: now,
    batchCount,
    totalDevices,
    skippedByReason: countByReason(plan.skipped),
    ...(note === undefined ? {} : { note }),
  };
  return (run: Run): Run =>
    run.dryRun
      ? {
          ...run,
          ...counts,
          status: 'planned',
          plan: summarizePlan(plan, pace, bulkOf(run, command)),
          completedAt: now,
          reportedAt: now,
        }
      : { ...run, ...counts, status: 'running', samples: [{ at: now, processed: 0 }] };
}

import type { InvocationContext, TimerHandler } from '@azure/functions';
import { DEFAULT_ACTION } from '../core/actions/index.ts';
import type { RunRequest } from '../core/new-run.ts';
import type { planRun } from '../use-cases/plan-run.ts';
import type { startRun } from '../use-cases/start-run.ts';

/** What the setting decides about the scheduled run. */
export type ScheduledRun = Pick<RunRequest, 'scope' | 'skip' | 'maxDevices' | 'mode'>;

/**
 * The schedule: starts a run and plans it in the same invocation, since a timer has the time. When
 * the planning dies with the process, the run's monitor has it planned again. While a scheduled run
 * is still open, the next one joins it.
 */
export function scheduledSyncHandler(
  start: ReturnType<typeof startRun>,
  plan: ReturnType<typeof planRun>,
  settings: ScheduledRun,
): TimerHandler {
  return async (_timer: unknown, context: InvocationContext): Promise<void> => {
    const result = await start(
      { action: DEFAULT_ACTION, trigger: 'schedule', requestedBy: 'schedule', ...settings },
      context,
      { isPlannedByCaller: true },
    );
    if (result.kind === 'overlap') {
      context.warn(`Run ${result.open.id} is still open; the schedule starts no other`);
    }
    if (result.kind === 'started') await plan(result.run.id, context.invocationId, context);
  };
}

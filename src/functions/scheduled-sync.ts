import type { InvocationContext, TimerHandler } from '@azure/functions';
import type { planRun } from '../use-cases/plan-run.ts';
import type { startRun } from '../use-cases/start-run.ts';

/**
 * The schedule: starts a run and plans it in the same invocation, since a timer has the time. When
 * the planning dies with the process, the run's monitor has it planned again.
 */
export function scheduledSyncHandler(
  start: ReturnType<typeof startRun>,
  plan: ReturnType<typeof planRun>,
): TimerHandler {
  return async (_timer: unknown, context: InvocationContext): Promise<void> => {
    const run = await start(
      { action: 'syncDevice', trigger: 'schedule', requestedBy: 'schedule' },
      context,
      { isPlannedByCaller: true },
    );
    await plan(run.id, context.invocationId, context);
  };
}

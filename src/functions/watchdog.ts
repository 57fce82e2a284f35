import type { InvocationContext, TimerHandler } from '@azure/functions';
import type { watchRuns } from '../use-cases/watch-runs.ts';

/** Every 15 minutes: revives what lost its monitor and emits the gauges. */
export function watchdogHandler(watch: ReturnType<typeof watchRuns>): TimerHandler {
  return async (_timer: unknown, context: InvocationContext): Promise<void> => {
    await watch(context);
  };
}

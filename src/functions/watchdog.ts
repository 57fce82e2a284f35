import type { InvocationContext, TimerHandler } from '@azure/functions';
import type { cleanUp } from '../use-cases/clean-up.ts';
import type { watchRuns } from '../use-cases/watch-runs.ts';

/** Every 15 minutes: revives what lost its monitor, emits the gauges, removes what is too old. */
export function watchdogHandler(
  watch: ReturnType<typeof watchRuns>,
  clean: ReturnType<typeof cleanUp>,
): TimerHandler {
  return async (_timer: unknown, context: InvocationContext): Promise<void> => {
    await watch(context);
    await clean(context);
  };
}

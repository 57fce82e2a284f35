import { type RunRequest, newRun } from '../core/new-run.ts';
import { newRunId } from '../core/run-id.ts';
import { stopRun } from '../core/run-end.ts';
import type { Run } from '../core/run.ts';
import { MONITOR_INTERVAL_MS } from './monitor-run.ts';
import type { Log, Ports } from './ports.ts';

export interface StartRunSettings {
  /** How long a run may be open, ms. */
  readonly deadlineMs: number;
}

export interface StartRunOptions {
  /** The caller plans the run itself, in this invocation: no message goes to the plan queue. */
  readonly isPlannedByCaller?: boolean;
}

/**
 * Starts a run: its row first, then its messages. When the messages cannot be sent the run is
 * failed, so that a caller who was told of the error does not meet the run later; if even that
 * fails, the watchdog takes the run up.
 */
export function startRun(
  { runs, queue, clock, random }: Pick<Ports, 'runs' | 'queue' | 'clock' | 'random'>,
  { deadlineMs }: StartRunSettings,
) {
  return async (request: RunRequest, log: Log, options: StartRunOptions = {}): Promise<Run> => {
    const now = clock.now();
    const run = newRun(newRunId(now, random), request, now, deadlineMs);
    await runs.create(run);
    try {
      if (options.isPlannedByCaller !== true) await queue.enqueuePlan(run.id, 0);
      await queue.enqueueMonitor(run.id, MONITOR_INTERVAL_MS);
    } catch (error) {
      await runs.update(run.id, (current) => stopRun(current, 'failed', notStarted, clock.now()));
      throw error;
    }
    log.info(`Run ${run.id}: started by ${run.trigger}`);
    return run;
  };
}

const notStarted = {
  code: 'notStarted',
  title: 'The run could not be started',
  detail: 'Its messages could not be put on the queue. Start a new run when storage answers again.',
};

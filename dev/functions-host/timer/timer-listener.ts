import type { Listener } from '../queue/queue-listener.ts';
import { whileHoldingLock } from './hold-lock.ts';
import type { LockHolding } from './hold-lock.ts';
import { assessStart, statusAfterRun } from './schedule-status.ts';
import type { ScheduleStatus, StatusStore } from './schedule-status.ts';
import type { Schedule } from './schedule.ts';
import { timerInputJson } from './status-json.ts';

/** What a timer listener needs. */
export interface TimerListenerOptions extends LockHolding {
  schedule: Schedule;
  /** Where the status is kept; absent for a timer that is not monitored. */
  statusStore?: StatusStore;
  runOnStartup: boolean;
  /** Runs the function with its TimerInfo as JSON; throws when it failed. */
  run: (timerInfo: string) => Promise<void>;
}

/**
 * Starts a timer. Of all instances the one that holds the timer's lock runs it; a run missed while
 * none did is made up for once, at once. The next run is armed when the last has ended, so it never
 * overlaps itself, and a failed run does not stop the schedule.
 */
export function startTimerListener(options: TimerListenerOptions): Listener {
  const stopping = new AbortController();
  const running = whileHoldingLock(options, stopping.signal, (signal) =>
    runSchedule(options, signal),
  );
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function runSchedule(options: TimerListenerOptions, signal: AbortSignal): Promise<void> {
  const { schedule, statusStore, runOnStartup, clock } = options;
  const start = assessStart(await statusStore?.read(), schedule, clock.now());
  let { status } = start;
  if (start.isChanged) await statusStore?.write(status);
  if (start.isPastDue || runOnStartup) {
    status = await runOnce(options, status, { isPastDue: start.isPastDue, isStartupRun: true });
  }
  for (;;) {
    await clock.sleepUntil(status.next, signal);
    if (signal.aborted) return;
    status = await runOnce(options, status, { isPastDue: false, isStartupRun: false });
  }
}

/** @returns the status after the run, also when the run or the writing of the status failed */
async function runOnce(
  { schedule, statusStore, run, clock, log, name }: TimerListenerOptions,
  status: ScheduleStatus,
  kind: { isPastDue: boolean; isStartupRun: boolean },
): Promise<ScheduleStatus> {
  const startedAt = clock.now();
  const shown = statusStore === undefined ? undefined : status;
  // The invoker has logged a failure; a timer is not retried.
  await run(timerInputJson(shown, kind.isPastDue)).catch(() => undefined);
  const after = statusAfterRun(status, schedule, startedAt, kind.isStartupRun);
  await statusStore?.write(after).catch((error: unknown) => {
    const problem = `the status of timer ${name} was not written`;
    log({ level: 'error', message: `${problem}: ${String(error).split('\n')[0] ?? ''}` });
  });
  return after;
}

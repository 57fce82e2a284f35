import type { Run } from '../core/run.ts';
import type { Reservation } from '../core/write-budget.ts';
import type { SyncPorts } from './sync-batch.ts';

/**
 * A worker looks once more before it sends, this long before its moment: whether the run was told to
 * stop, and whether Graph throttled another worker.
 */
const LAST_LOOK_MS = 300;

/** What a worker knows when its moment has come. */
export interface LastLook {
  /** `undefined` when the run is gone. */
  readonly run: Run | undefined;
  readonly isStillOpen: boolean;
  /** How late the worker is, ms: the look took its time, or the machine woke it up late. */
  readonly lateMs: number;
}

/**
 * Waits for the reserved moment. Nothing is sent once the run was told to stop, so the run is read
 * as late as possible, yet not so late that the call would miss its moment.
 */
export async function lastLook(
  { runs, budget, clock }: Pick<SyncPorts, 'runs' | 'budget' | 'clock'>,
  runId: string,
  { at, waitMs }: Extract<Reservation, { kind: 'granted' }>,
): Promise<LastLook> {
  if (waitMs > LAST_LOOK_MS) await clock.sleep(waitMs - LAST_LOOK_MS);
  const [run, isStillOpen] = await Promise.all([
    runs.get(runId),
    waitMs > LAST_LOOK_MS ? budget.isStillOpen(at) : true,
  ]);
  // A clock that was set back meanwhile must not make the wait longer.
  const restMs = Math.min(budget.waitMs(at), waitMs);
  if (restMs > 0) await clock.sleep(restMs);
  return { run, isStillOpen, lateMs: Math.max(0, -budget.waitMs(at)) };
}

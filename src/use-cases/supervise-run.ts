import { STALLED_AFTER_MS } from '../core/claim.ts';
import { deadlineExceeded } from '../core/problems.ts';
import { stopRun } from '../core/run-end.ts';
import { type Run, isFinal } from '../core/run.ts';
import type { Log, Ports } from './ports.ts';

/**
 * Keeps an open run from hanging: stops it at its deadline, and has it planned again when its
 * planner died. Returns the run as it is then.
 */
export async function superviseRun(
  { runs, queue, clock }: Pick<Ports, 'runs' | 'queue' | 'clock'>,
  run: Run,
  log: Log,
): Promise<Run> {
  const now = clock.now();
  if (isFinal(run)) return run;
  if (now > run.deadlineAt && run.stop === undefined) {
    log.error(`Run ${run.id}: still open at its deadline, closing it`);
    return runs.update(run.id, (current) =>
      isFinal(current) ? undefined : stopRun(current, 'timedOut', deadlineExceeded(), now),
    );
  }
  // The messages of a planned run are the monitor's own business: it replaces each one that is lost.
  if (run.status !== 'planning' || now - run.planAliveAt < STALLED_AFTER_MS) return run;
  log.warn(`Run ${run.id}: its planner gave no sign of life, planning again`);
  await queue.enqueuePlan(run.id, 0);
  return runs.update(run.id, ({ plannedBy: _plannedBy, ...current }) => ({
    ...current,
    planAliveAt: now,
  }));
}

import { STALLED_AFTER_MS } from '../core/claim.ts';
import type { Run } from '../core/run.ts';
import type { Ports } from './ports.ts';
import { signOfLife } from './sign-of-life.ts';

/**
 * Makes a delivery the only planner of a run; `undefined` when another one is at work on it. The
 * same message delivered again takes over at once, since its earlier delivery failed.
 */
export async function claimPlan(
  { runs, clock }: Pick<Ports, 'runs' | 'clock'>,
  runId: string,
  plannedBy: string,
): Promise<Run | undefined> {
  const claimed = await runs.update(runId, (run) => {
    const now = clock.now();
    const isHeld = run.plannedBy !== undefined && run.plannedBy !== plannedBy;
    if (run.status !== 'planning') return undefined;
    if (isHeld && now - run.planAliveAt < STALLED_AFTER_MS) return undefined;
    return { ...run, plannedBy, planAliveAt: now, startedAt: run.startedAt ?? now };
  });
  return claimed.status === 'planning' && claimed.plannedBy === plannedBy ? claimed : undefined;
}

/** Returns a function that a planner calls between its steps: it gives a sign of life when due. */
export function planSignOfLife(
  ports: Pick<Ports, 'runs' | 'clock'>,
  runId: string,
  plannedBy: string,
): () => Promise<void> {
  return signOfLife(ports, runId, (run, now) =>
    run.plannedBy === plannedBy ? { ...run, planAliveAt: now } : undefined,
  );
}

import { laneOf, standsInTheWay } from '../core/overlap.ts';
import type { Run } from '../core/run.ts';
import { awaitRun } from './await-run.ts';
import type { Admission, Ports } from './ports.ts';

/**
 * Admits a run if no open one stands in its way; else returns that one. Two requests at the same
 * moment are decided one after the other. An admission whose run never got its row (its start died)
 * ends with the next look.
 */
export async function admitRun(
  ports: Pick<Ports, 'runs' | 'openRuns' | 'clock'>,
  wanted: Run,
): Promise<Run | undefined> {
  const admission = { runId: wanted.id, at: wanted.createdAt };
  return ports.openRuns.admit<Run>(laneOf(wanted), admission, async (admitted) => {
    const stay: Admission[] = [];
    for (const earlier of admitted) {
      const run = await awaitRun(ports, earlier.runId);
      if (run === undefined) continue;
      if (standsInTheWay(run, wanted)) return { stay: admitted, blocker: run };
      if (run.completedAt === undefined) stay.push(earlier);
    }
    return { stay };
  });
}

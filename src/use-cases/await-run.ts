import type { Run } from '../core/run.ts';
import type { Ports } from './ports.ts';

/** A run that is being started has its row well before this. */
const PATIENCE_MS = 2_000;
const INTERVAL_MS = 100;

/** A run that may be in the middle of its start; `undefined` when its row does not appear. */
export async function awaitRun(
  { runs, clock }: Pick<Ports, 'runs' | 'clock'>,
  id: string,
): Promise<Run | undefined> {
  const until = clock.now() + PATIENCE_MS;
  for (;;) {
    const run = await runs.get(id);
    if (run !== undefined || clock.now() >= until) return run;
    await clock.sleep(INTERVAL_MS);
  }
}

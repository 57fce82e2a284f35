import { isPassing } from './api/retries.ts';
import { type Run, isEnded } from './api/run-document.ts';
import type { Session } from './session.ts';

/** How often a run is looked at, ms; the monitor renews its totals every 10 s. */
const LOOK_INTERVAL_MS = 2_000;
/** A run is followed through an outage of the app or of the network this long, ms. */
const OUTAGE_LIMIT_MS = 5 * 60_000;

/**
 * Looks at a run every 2 s until it has ended, and returns it.
 *
 * @param onLook called with every look, the last one included
 * @throws ApiError or UnreachableError when the app refuses, or is away for 5 min.
 */
export async function followRun(
  session: Session,
  id: string,
  onLook: (run: Run) => void,
): Promise<Run> {
  const { now, sleep } = session.context;
  let seenAt = now();
  for (;;) {
    const run = await session
      .api()
      .getRun(id)
      .catch((error: unknown) => {
        if (!isPassing(error) || now() - seenAt >= OUTAGE_LIMIT_MS) throw error;
        session.note(`The app does not answer; run ${id} is looked at again.`);
        return undefined;
      });
    if (run !== undefined) {
      seenAt = now();
      onLook(run);
      if (isEnded(run)) return run;
    }
    await sleep(LOOK_INTERVAL_MS);
  }
}

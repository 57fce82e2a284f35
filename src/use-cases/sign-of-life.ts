import type { Run } from '../core/run.ts';
import type { Ports } from './ports.ts';

/**
 * How often a sign of life is given, ms. The longest step of a list takes 75 s, a wait and a page that
 * never comes; with a sign that was not due yet before it, and `CLOCK_SKEW_MS`, that is just
 * `STALLED_AFTER_MS`.
 */
const SIGN_OF_LIFE_MS = 10_000;

/**
 * Returns a function that is called between the steps of a long task on a run: it gives a sign of
 * life when one is due, so that nobody takes the task for dead.
 *
 * @param sign what changes in the run at a moment, ms since the epoch; `undefined` when the task is
 *   another's by now
 */
export function signOfLife(
  { runs, clock }: Pick<Ports, 'runs' | 'clock'>,
  runId: string,
  sign: (run: Run, now: number) => Run | undefined,
): () => Promise<void> {
  let lastAt = clock.now();
  return async () => {
    const now = clock.now();
    if (now - lastAt < SIGN_OF_LIFE_MS) return;
    lastAt = now;
    await runs.update(runId, (run) => sign(run, now));
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphSimulator } from '../../dev/graph-simulator/index.ts';
import { WINDOW_MS } from '../support/windows.ts';

/** How far a contender came. */
export interface Outcome {
  /** From its start to its end, or to the limit that was set, s. */
  readonly seconds: number;
  /** Whether it ended by itself. */
  readonly hasEnded: boolean;
  /** Devices that accepted a sync. */
  readonly reached: number;
  readonly throttled: number;
  /** Devices per second in the long run. */
  readonly pace: number;
}

/** How often it is looked how far a contender is, ms. */
const LOOK_EVERY_MS = 250;

/**
 * Lets a contender sync the fleet of a simulator, and watches it.
 *
 * @param options.limitMs it is stopped after this
 * @param options.run ends early when its signal is aborted
 */
export async function watchContender(
  graph: Pick<GraphSimulator, 'statistics'>,
  options: {
    readonly limitMs: number;
    readonly signal: AbortSignal;
    readonly run: (signal: AbortSignal) => Promise<void>;
  },
): Promise<Outcome> {
  const over = AbortSignal.any([options.signal, AbortSignal.timeout(options.limitMs)]);
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  const progress: Progress[] = [];
  let end: number | undefined;
  const running = options.run(over).then(
    () => (end = elapsed()),
    (error: unknown) => {
      if (!over.aborted) throw error;
    },
  );
  const isOver = running.then(() => true);
  while (!(await Promise.race([isOver, sleep(LOOK_EVERY_MS, false)]))) {
    progress.push({ seconds: elapsed(), reached: graph.statistics().devicesSynced });
  }
  options.signal.throwIfAborted();
  const seconds = end ?? elapsed();
  const { devicesSynced: reached, throttled } = graph.statistics();
  const pace = paceOf(progress);
  return { seconds, hasEnded: end !== undefined, reached, throttled, pace };
}

/** How many devices were reached at a moment, in seconds from the start. */
export interface Progress {
  readonly seconds: number;
  readonly reached: number;
}

/**
 * Devices per second in the long run: over as many whole windows as there are after the first, since
 * a burst at the beginning of a window gains what the rest of it lacks. Over all there is when that
 * is less than two windows.
 *
 * @param progress by time
 */
export function paceOf(progress: readonly Progress[]): number {
  const windowSeconds = WINDOW_MS / 1000;
  const last = progress.at(-1) ?? { seconds: 0, reached: 0 };
  const windows = Math.floor(last.seconds / windowSeconds) - 1;
  if (windows < 1) return last.reached / last.seconds;
  const reachedAt = (seconds: number) =>
    progress.findLast((look) => look.seconds <= seconds)?.reached ?? 0;
  const reached = reachedAt((windows + 1) * windowSeconds) - reachedAt(windowSeconds);
  return reached / (windows * windowSeconds);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal, type Run } from './run.ts';

/** How a run is followed. */
export interface FollowOptions {
  getRun: () => Promise<Run>;
  /** Called with every answer, the last one included. */
  onUpdate: (run: Run) => void;
  signal: AbortSignal;
  /** Time between two looks, in milliseconds. Default 500. */
  intervalMs?: number;
  /** A run about which nothing changes, or that cannot be read, for so long is given up. Default 5 min. */
  stallTimeoutMs?: number;
  /** Milliseconds that only ever grow. Default the process's monotonic clock. */
  now?: () => number;
}

/**
 * Looks at a run until it has ended, and returns it. A look that fails is repeated: an instance that
 * is being replaced answers nothing for a moment.
 *
 * @throws Error when the run stalls, with the last failure as its cause.
 */
export async function followRun(options: FollowOptions): Promise<Run> {
  const { intervalMs = 500, stallTimeoutMs = 300_000, now = () => performance.now() } = options;
  let changedAt = now();
  let seen = '';
  for (;;) {
    const look = await options.getRun().catch((cause: unknown) => ({ cause }));
    options.signal.throwIfAborted();
    if (!('cause' in look)) {
      options.onUpdate(look);
      if (isFinal(look)) return look;
      const state = JSON.stringify([look.status, look.totals, look.batchesProcessed]);
      if (state !== seen) changedAt = now();
      seen = state;
    }
    if (now() - changedAt > stallTimeoutMs) {
      const { cause } = 'cause' in look ? look : {};
      throw new Error(`The run has not moved for ${stallTimeoutMs / 1000} s.`, { cause });
    }
    await sleep(intervalMs, undefined, { signal: options.signal });
  }
}

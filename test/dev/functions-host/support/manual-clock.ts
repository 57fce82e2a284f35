import type { Clock } from '../../../../dev/functions-host/timer/clock.ts';

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves on and lets everything run that is due, and what follows from it. */
  advance: (milliseconds: number) => Promise<void>;
}

/** Starts at the given instant. */
export function createManualClock(start: string): ManualClock {
  let now = new Date(start).getTime();
  const sleepers = new Set<{ at: number; wake: () => void }>();
  return {
    now: () => new Date(now),
    sleepUntil: (instant, signal) =>
      new Promise((resolve) => {
        if (signal.aborted || instant.getTime() <= now) {
          resolve();
          return;
        }
        const sleeper = { at: instant.getTime(), wake: resolve };
        sleepers.add(sleeper);
        signal.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          resolve();
        });
      }),
    async advance(milliseconds) {
      const target = now + milliseconds;
      await settle();
      for (;;) {
        const next = [...sleepers].sort((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > target) break;
        now = next.at;
        sleepers.delete(next);
        next.wake();
        await settle();
      }
      now = target;
    },
  };
}

/** Lets promises that are already settled take effect; nothing here waits for time or the network. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

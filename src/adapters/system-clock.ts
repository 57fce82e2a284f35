import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../use-cases/ports.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms) => {
    await sleep(ms);
  },
};

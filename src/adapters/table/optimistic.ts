import type { Clock } from '../../use-cases/ports.ts';
import { systemClock } from '../system-clock.ts';
import { isConflict, isStale } from './tables.ts';

export interface OptimisticOptions {
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
}

export const defaultOptimism: OptimisticOptions = { clock: systemClock, random: Math.random };

/** With every worker of a large app at one row at once, each gets through well before this. */
const MAX_ATTEMPTS = 60;

/** The longest pause between two attempts, ms: a few writes' time. */
const MAX_PAUSE_MS = 100;

/**
 * Reads, decides and writes again and again until no other writer was faster. The pause is random,
 * so that writers which met once do not meet again.
 */
export async function optimistically<T>(
  attempt: () => Promise<T>,
  { clock, random }: OptimisticOptions,
): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      const isLost = isStale(error) || isConflict(error);
      if (!isLost || attempts === MAX_ATTEMPTS) throw error;
      await clock.sleep(random() * MAX_PAUSE_MS);
    }
  }
}

/** Shortest wait, and the unit of growth, between two polls of an empty queue. */
const MIN_DELAY_MS = 100;
/** Each step varies by this share, so that instances do not poll in step. */
const SPREAD = 0.2;

/** Waits between polls that found nothing. */
export interface PollingDelay {
  /**
   * @param foundBefore whether a poll found messages since the last wait: starts again at the least
   * @returns milliseconds to wait
   */
  next: (foundBefore: boolean) => number;
}

/**
 * Randomised exponential waits, 100 ms and then about 200, 300, 500, 900 ms and so on up to the
 * limit: the strategy of the Storage Queues extension.
 *
 * @param maxDelayMs `maxPollingInterval`
 * @param random 0 to 1, as Math.random
 */
export function createPollingDelay(maxDelayMs: number, random: () => number): PollingDelay {
  let exponent = 0;
  let current = 0;
  return {
    next(foundBefore) {
      if (foundBefore) {
        exponent = 1;
        current = MIN_DELAY_MS;
      } else if (current < maxDelayMs) {
        const factor = 1 - SPREAD + 2 * SPREAD * random();
        const growth = exponent === 0 ? 0 : MIN_DELAY_MS * factor * 2 ** (exponent - 1);
        current = Math.min(MIN_DELAY_MS + growth, maxDelayMs);
        exponent++;
      }
      return current;
    },
  };
}

import type { Clock } from '../../use-cases/ports.ts';

/** Work that was not done in time. It may still be done later: who starts it must be ready for that. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/**
 * What `work` comes to, if it does so within the limit.
 *
 * @throws TimeLimitError after `limitMs`
 */
export async function withinTime<T>(
  work: Promise<T>,
  limitMs: number,
  clock: Pick<Clock, 'sleep'>,
): Promise<T> {
  const late = clock.sleep(limitMs).then(() => {
    throw new TimeLimitError(`It was not done within ${limitMs} ms.`);
  });
  return Promise.race([work, late]);
}

import type { CliContext } from './context.ts';
import { InterruptedError } from './errors.ts';

/**
 * Does something during which Ctrl+C needs a word on what became of it.
 *
 * @throws InterruptedError with `message` on Ctrl+C, otherwise what `work` throws.
 */
export async function onInterrupt<T>(
  { signal }: Pick<CliContext, 'signal'>,
  message: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!signal.aborted) throw error;
    // The first line begins behind the ^C that the terminal shows.
    throw new InterruptedError(`\n${message}`, { cause: error });
  }
}

import type { SuiteContext } from '../suite.ts';

/**
 * Runs parts of a suite at the same time. When one fails the others are stopped, so that none of them
 * disturbs what is measured next.
 *
 * @param start starts the parts with a context whose signal stops them all
 * @returns the results of all parts, in their order
 * @throws what the first part that failed threw, after all have ended
 */
export async function runTogether<T extends readonly Promise<unknown>[] | []>(
  context: SuiteContext,
  start: (context: SuiteContext) => T,
): Promise<{ -readonly [Part in keyof T]: Awaited<T[Part]> }> {
  const stop = new AbortController();
  const parts = start({ ...context, signal: AbortSignal.any([context.signal, stop.signal]) });
  // The first reason stays: parts that are stopped by it fail as well.
  for (const part of parts) part.catch((error: unknown) => stop.abort(error));
  await Promise.allSettled(parts);
  stop.signal.throwIfAborted();
  return Promise.all(parts);
}

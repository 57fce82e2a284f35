import { once } from 'node:events';

/** Resolves when the signal is aborted, at once when it already is. Keeps the process alive. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  // A listener on a signal does not keep the process alive; a timer does.
  const keepAlive = setInterval(() => undefined, 60_000);
  await once(signal, 'abort');
  clearInterval(keepAlive);
}

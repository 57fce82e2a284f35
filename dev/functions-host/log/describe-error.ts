/** Stack frames shown for a failed invocation: enough to find the place, few enough for a line. */
const FRAMES = 4;

/** Frames of the runtime and the library, which are below every handler. */
const MACHINERY = /node:internal|@azure[\\/]functions[\\/]|at Generator\.next|at new Promise/;

/** An error as text with its innermost frames; anything else thrown as its string form. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const own = frames.filter((line) => !MACHINERY.test(line)).slice(0, FRAMES);
  const cause = error.cause instanceof Error ? ` (cause: ${error.cause.message})` : '';
  return [`${error.name}: ${error.message}${cause}`, ...own].join('\n');
}

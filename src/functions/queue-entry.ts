import { z } from 'zod';
import { isRunId } from '../core/run-id.ts';

const runId = z.string().refine(isRunId, 'not a run id');

const runEntry = z.strictObject({ runId });
const batchEntry = z.strictObject({ runId, batch: z.int().nonnegative().max(9_999_999) });

/** A message that the app did not write. It is refused before anything is looked up or sent. */
export class InvalidMessageError extends Error {
  override readonly name = 'InvalidMessageError';
}

/**
 * A message about a run, as it arrives from the host.
 *
 * @throws InvalidMessageError when it is anything but `{ runId }`
 */
export function parseRunEntry(queueEntry: unknown): z.output<typeof runEntry> {
  return parse(runEntry, queueEntry);
}

/**
 * A message about a batch.
 *
 * @throws InvalidMessageError when it is anything but `{ runId, batch }`
 */
export function parseBatchEntry(queueEntry: unknown): z.output<typeof batchEntry> {
  return parse(batchEntry, queueEntry);
}

/** The message's content is not repeated: whoever forged it does not get to write into the log. */
function parse<T>(schema: z.ZodType<T>, queueEntry: unknown): T {
  const parsed = schema.safeParse(queueEntry);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ code, path }) => `${path.join('.')} ${code}`.trim());
  throw new InvalidMessageError(`The message is not one of this app's: ${where.join(', ')}.`);
}

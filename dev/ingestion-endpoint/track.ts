import { ZodError } from 'zod';

/** What one `track` request did, in the form in which it is answered. */
export interface TrackResult {
  itemsReceived: number;
  itemsAccepted: number;
  /** One for each refused envelope, by its place in the request. */
  errors: { index: number; statusCode: number; message: string }[];
}

/**
 * Hands every envelope to `keep`; one that it throws at is refused, and does not spoil the others.
 *
 * @returns the answer, and its status: 200 all good, 206 some refused, 400 all refused, as the
 * service answers.
 */
export function track(
  entries: readonly unknown[],
  keep: (entry: unknown) => void,
): { status: 200 | 206 | 400; result: TrackResult } {
  const errors: TrackResult['errors'] = [];
  for (const [index, entry] of entries.entries()) {
    try {
      keep(entry);
    } catch (error) {
      errors.push({ index, statusCode: 400, message: describe(error) });
    }
  }
  const itemsReceived = entries.length;
  const itemsAccepted = itemsReceived - errors.length;
  const status = errors.length === 0 ? 200 : itemsAccepted > 0 ? 206 : 400;
  return { status, result: { itemsReceived, itemsAccepted, errors } };
}

/** The answer to a request whose body cannot be read as envelopes at all. */
export function unreadable(error: unknown): TrackResult {
  const errors = [{ index: 0, statusCode: 400, message: describe(error) }];
  return { itemsReceived: 0, itemsAccepted: 0, errors };
}

function describe(error: unknown): string {
  if (error instanceof ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}

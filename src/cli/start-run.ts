import type { StartedRun } from './api/api-client.ts';
import type { StartBody } from './api/start-body.ts';
import { UnreachableError } from './errors.ts';
import { onInterrupt } from './on-interrupt.ts';
import type { Session } from './session.ts';

/**
 * Starts something under an idempotency key. When it stays unknown whether it was started, the
 * failure says how to find out without starting it twice.
 */
export async function underKey<T>(
  { context }: Session,
  key: string,
  start: () => Promise<T>,
): Promise<T> {
  const remedy =
    'Whether the run was started is not known. Repeat the command with ' +
    `--idempotency-key ${key}: it starts no second one.`;
  try {
    return await onInterrupt(context, remedy, start);
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    throw new UnreachableError(`${error.message}\n${remedy}`, { cause: error });
  }
}

/** `POST /runs`. */
export function startRun(session: Session, body: StartBody, key: string): Promise<StartedRun> {
  return underKey(session, key, () => session.api().startRun(body, key));
}

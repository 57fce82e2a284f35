import type { InvocationContext, StorageQueueHandler } from '@azure/functions';
import type { Log } from '../use-cases/ports.ts';
import { InvalidMessageError } from './queue-entry.ts';

/**
 * Handles a message of a poison queue. One that the app did not write is dropped with a warning: it
 * was refused five times already and nobody waits for it.
 *
 * @param parse throws InvalidMessageError for such a message
 */
export function poisonHandler<Entry>(
  parse: (queueEntry: unknown) => Entry,
  handle: (entry: Entry, log: Log) => Promise<void>,
): StorageQueueHandler {
  return async (queueEntry: unknown, context: InvocationContext) => {
    let entry: Entry;
    try {
      entry = parse(queueEntry);
    } catch (error) {
      if (!(error instanceof InvalidMessageError)) throw error;
      context.warn(`A message that is not one of this app's was dropped. ${error.message}`);
      return;
    }
    await handle(entry, context);
  };
}

import type { StorageQueueHandler } from '@azure/functions';
import type { syncBatch } from '../use-cases/sync-batch.ts';
import { messageIdOf } from './message-id.ts';
import { parseBatchEntry } from './queue-entry.ts';

/** Sends the batch that a message on one of the batch queues names. */
export function syncBatchHandler(sync: ReturnType<typeof syncBatch>): StorageQueueHandler {
  return async (queueEntry, context) => {
    await sync(parseBatchEntry(queueEntry), messageIdOf(context), context);
  };
}

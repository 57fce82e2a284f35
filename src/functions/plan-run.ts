import type { StorageQueueHandler } from '@azure/functions';
import type { planRun } from '../use-cases/plan-run.ts';
import { messageIdOf } from './message-id.ts';
import { parseRunEntry } from './queue-entry.ts';

/** Plans the run that a message on `sync-plans` names. */
export function planRunHandler(plan: ReturnType<typeof planRun>): StorageQueueHandler {
  return async (queueEntry, context) => {
    const { runId } = parseRunEntry(queueEntry);
    await plan(runId, messageIdOf(context), context);
  };
}

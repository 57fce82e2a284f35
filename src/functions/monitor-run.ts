import type { StorageQueueHandler } from '@azure/functions';
import type { monitorRun } from '../use-cases/monitor-run.ts';
import { messageIdOf } from './message-id.ts';
import { parseRunEntry } from './queue-entry.ts';

/** Looks after the run that a message on `sync-monitor` names. */
export function monitorRunHandler(monitor: ReturnType<typeof monitorRun>): StorageQueueHandler {
  return async (queueEntry, context) => {
    const { runId } = parseRunEntry(queueEntry);
    await monitor(runId, messageIdOf(context), context);
  };
}

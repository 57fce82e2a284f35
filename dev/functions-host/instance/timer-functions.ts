import type { Listener } from '../queue/queue-listener.ts';
import { openBlobService } from '../settings/storage-clients.ts';
import { resolveStorageConnection } from '../settings/storage-connection.ts';
import { createBlobStatusStore } from '../timer/blob-status-store.ts';
import { systemClock } from '../timer/clock.ts';
import { timerBlobs } from '../timer/host-container.ts';
import type { StatusStore } from '../timer/schedule-status.ts';
import { isTooFrequentToMonitor, parseSchedule } from '../timer/schedule.ts';
import { BlobLock } from '../timer/singleton-lock.ts';
import { timerInputJson } from '../timer/status-json.ts';
import { startTimerListener } from '../timer/timer-listener.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { Invoker } from './invoker.ts';
import type { FunctionOf, ListenerContext } from './listener-context.ts';

/** The running timers of an instance. */
export interface TimerFunctions {
  listeners: Listener[];
  /** Runs a timer function by hand, outside its schedule. */
  runByHand: (definition: FunctionDefinition) => Promise<void>;
}

/**
 * Starts a listener for each timer function; locks and status are kept in the storage of
 * `AzureWebJobsStorage`.
 *
 * @throws ConfigurationError when that is not configured
 */
export async function startTimerFunctions(
  functions: readonly FunctionOf<'timer'>[],
  { config, environment, invoker, log }: ListenerContext,
): Promise<TimerFunctions> {
  const stores = new Map<string, StatusStore>();
  if (functions.length === 0) {
    return { listeners: [], runByHand: (definition) => runTimer(invoker, definition) };
  }
  const service = await openBlobService(resolveStorageConnection(undefined, environment));
  const { leaseMs, lockRetryMs } = config.timing;
  const listeners = functions.map((definition) => {
    const { name, trigger } = definition;
    const schedule = parseSchedule(trigger.schedule, `function '${name}': schedule`);
    const blobs = timerBlobs(service, config.hostId, name);
    if (trigger.useMonitor && !isTooFrequentToMonitor(schedule, new Date())) {
      stores.set(name, createBlobStatusStore(blobs));
    }
    const statusStore = stores.get(name);
    return startTimerListener({
      name,
      schedule,
      runOnStartup: trigger.runOnStartup,
      ...(statusStore !== undefined && { statusStore }),
      lock: new BlobLock(blobs, leaseMs / 1000),
      timing: { leaseMs, retryMs: lockRetryMs },
      clock: systemClock,
      run: (timerInfo) => runTimer(invoker, definition, timerInfo),
      log: (entry) => log({ functionName: name, ...entry }),
    });
  });
  return {
    listeners,
    async runByHand(definition) {
      const status = await stores.get(definition.name)?.read();
      await runTimer(invoker, definition, timerInputJson(status, false), 'by hand');
    },
  };
}

async function runTimer(
  invoker: Invoker,
  definition: FunctionDefinition,
  timerInfo = timerInputJson(undefined, false),
  reason = 'timer',
): Promise<void> {
  await invoker.invoke(definition, { data: { json: timerInfo }, reason });
}

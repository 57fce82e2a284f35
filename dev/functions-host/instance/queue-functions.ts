import type { QueueServiceClient } from '@azure/storage-queue';
import { poisonQueueOf } from '../queue/poison-queue.ts';
import { startQueueListener } from '../queue/queue-listener.ts';
import type { Listener } from '../queue/queue-listener.ts';
import { createTriggerMetadata } from '../queue/trigger-metadata.ts';
import type { MessageFacts } from '../queue/trigger-metadata.ts';
import { openQueueService } from '../settings/storage-clients.ts';
import { resolveStorageConnection } from '../settings/storage-connection.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { Invoker } from './invoker.ts';
import type { FunctionOf, ListenerContext } from './listener-context.ts';

/**
 * Starts a listener for each queue function.
 *
 * @throws ConfigurationError when a connection is not configured
 */
export async function startQueueFunctions(
  functions: readonly FunctionOf<'queue'>[],
  { config, environment, invoker, log }: ListenerContext,
): Promise<Listener[]> {
  const services = new Map<string | undefined, QueueServiceClient>();
  for (const { connection } of functions.map((one) => one.trigger)) {
    if (services.has(connection)) continue;
    const resolved = resolveStorageConnection(connection, environment);
    services.set(connection, await openQueueService(resolved));
  }
  return functions.flatMap((definition) => {
    const { queueName, connection } = definition.trigger;
    const service = services.get(connection);
    if (service === undefined) return [];
    const listener = startQueueListener({
      queue: service.getQueueClient(queueName),
      poisonQueue: poisonQueueOf(service, queueName),
      settings: config.hostSettings.queues,
      timing: config.timing,
      handle: (message) => invokeWithMessage(invoker, definition, message),
      log: (entry) => log({ functionName: definition.name, ...entry }),
    });
    return [listener];
  });
}

/** Runs a queue function with a message. */
export async function invokeWithMessage(
  invoker: Invoker,
  definition: FunctionDefinition,
  message: MessageFacts,
): Promise<void> {
  const source = definition.trigger.kind === 'queue' ? definition.trigger.queueName : 'queue';
  const attempt = message.dequeueCount;
  await invoker.invoke(definition, {
    data: { string: message.text },
    metadata: createTriggerMetadata(message),
    reason: attempt === 0 ? 'by hand' : `message on ${source}, attempt ${attempt}`,
  });
}

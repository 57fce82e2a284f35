import type { QueueClient, QueueServiceClient } from '@azure/storage-queue';
import { isQueueMissing } from './storage-errors.ts';

const SUFFIX = '-poison';
/** Longest queue name Azure Storage allows. */
const MAX_NAME_LENGTH = 63;

/**
 * The queue to which messages of this queue go when they cannot be processed.
 *
 * @returns undefined for a queue that is itself a poison queue, or whose name leaves no room
 */
export function poisonQueueOf(
  service: QueueServiceClient,
  queueName: string,
): QueueClient | undefined {
  const name = `${queueName}${SUFFIX}`;
  if (queueName.endsWith(SUFFIX) || name.length > MAX_NAME_LENGTH) return undefined;
  return service.getQueueClient(name);
}

/** Puts a copy of the message's raw text on the poison queue, creating that when it is missing. */
export async function copyToPoisonQueue(poisonQueue: QueueClient, rawText: string): Promise<void> {
  try {
    await poisonQueue.sendMessage(rawText);
  } catch (error) {
    if (!isQueueMissing(error)) throw error;
    await poisonQueue.createIfNotExists();
    await poisonQueue.sendMessage(rawText);
  }
}

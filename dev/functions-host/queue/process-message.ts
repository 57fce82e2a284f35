import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { Log } from '../log/log.ts';
import type { QueueSettings } from '../settings/host-json.ts';
import { decodeMessage } from './decode-message.ts';
import { holdMessage } from './hold-message.ts';
import type { VisibilityTiming } from './hold-message.ts';
import { copyToPoisonQueue } from './poison-queue.ts';
import { describeStorageError, isMessageLost } from './storage-errors.ts';
import type { MessageFacts } from './trigger-metadata.ts';

/** What working on a queue's messages takes. */
export interface MessageProcessing {
  queue: QueueClient;
  /** Absent for a poison queue: what fails there stays invisible until its time is up. */
  poisonQueue: QueueClient | undefined;
  settings: QueueSettings;
  timing: VisibilityTiming;
  /** Runs the function; throws when it failed. */
  handle: (message: MessageFacts) => Promise<void>;
  log: Log;
}

/**
 * Takes one received message to its end: deleted after success, made visible again after a failure,
 * moved to the poison queue when it cannot be read or has failed too often. Never throws: a message
 * whose end could not be written comes back by itself when its invisibility ends.
 */
export async function processMessage(
  message: DequeuedMessageItem,
  processing: MessageProcessing,
): Promise<void> {
  const { queue, settings, log } = processing;
  try {
    const text = decodeMessage(message.messageText, settings.messageEncoding);
    if (text === undefined) {
      const problem = 'Message decoding has failed! Check MessageEncoding settings.';
      log({ level: 'warning', message: `${queue.name}: ${problem}` });
      await moveToPoison(message, message.popReceipt, processing);
    } else if (message.dequeueCount > settings.maxDequeueCount) {
      await moveToPoison(message, message.popReceipt, processing);
    } else {
      await runAndComplete(message, text, processing);
    }
  } catch (error) {
    const problem = `${queue.name}: a message could not be completed and will come back`;
    log({ level: 'error', message: `${problem}: ${describeStorageError(error)}` });
  }
}

async function runAndComplete(
  message: DequeuedMessageItem,
  text: string,
  processing: MessageProcessing,
): Promise<void> {
  const { queue, settings, timing, log } = processing;
  const held = holdMessage(queue, message, timing, log);
  const succeeded = await processing.handle(toFacts(message, text)).then(
    () => true,
    () => false, // the invoker has logged why
  );
  const popReceipt = await held.release();
  if (succeeded) {
    await unlessLost(queue.deleteMessage(message.messageId, popReceipt));
  } else if (processing.poisonQueue === undefined) {
    log({ level: 'warning', message: `${queue.name}: a message failed and stays invisible` });
  } else if (message.dequeueCount >= settings.maxDequeueCount) {
    await moveToPoison(message, popReceipt, processing);
  } else {
    const seconds = Math.round(settings.visibilityTimeoutMs / 1000);
    await unlessLost(queue.updateMessage(message.messageId, popReceipt, undefined, seconds));
  }
}

async function moveToPoison(
  message: DequeuedMessageItem,
  popReceipt: string,
  { queue, poisonQueue, log }: MessageProcessing,
): Promise<void> {
  if (poisonQueue === undefined) return;
  await copyToPoisonQueue(poisonQueue, message.messageText);
  log({ level: 'warning', message: `${queue.name}: message moved to ${poisonQueue.name}` });
  await unlessLost(queue.deleteMessage(message.messageId, popReceipt));
}

function toFacts(message: DequeuedMessageItem, text: string): MessageFacts {
  return {
    text,
    dequeueCount: message.dequeueCount,
    id: message.messageId,
    popReceipt: message.popReceipt,
    insertedOn: message.insertedOn,
    expiresOn: message.expiresOn,
    nextVisibleOn: message.nextVisibleOn,
  };
}

/** When the message has another holder by now, its end is that holder's affair. */
async function unlessLost(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isMessageLost(error)) throw error;
  }
}

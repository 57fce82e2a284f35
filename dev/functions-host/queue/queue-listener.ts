import { setTimeout as delay } from 'node:timers/promises';
import type { DequeuedMessageItem } from '@azure/storage-queue';
import { createPollingDelay } from './polling-delay.ts';
import { processMessage } from './process-message.ts';
import type { MessageProcessing } from './process-message.ts';
import { describeStorageError, isQueueMissing } from './storage-errors.ts';

/** Something that calls functions until it is stopped. */
export interface Listener {
  /** Starts nothing new; resolves when what is running has ended and was completed. */
  stop: () => Promise<void>;
}

/** What a queue listener needs. */
export interface QueueListenerOptions extends MessageProcessing {
  /** 0 to 1; default Math.random. Varies the waits between polls. */
  random?: () => number;
}

/**
 * Starts to poll a queue and to work on its messages. A batch is fetched when `newBatchThreshold` or
 * fewer messages are in flight, so at most batchSize + newBatchThreshold run at once. A queue that
 * does not exist, or a storage that does not answer, is polled until it does.
 */
export function startQueueListener(options: QueueListenerOptions): Listener {
  const stopping = new AbortController();
  const inFlight = new Set<Promise<void>>();
  const polling = poll(options, inFlight, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await polling;
      await Promise.all(inFlight);
    },
  };
}

async function poll(
  options: QueueListenerOptions,
  inFlight: Set<Promise<void>>,
  signal: AbortSignal,
): Promise<void> {
  const { maxPollingIntervalMs, newBatchThreshold } = options.settings;
  const waits = createPollingDelay(maxPollingIntervalMs, options.random ?? Math.random);
  const receive = createReceive(options);
  let hasFound = false;
  while (!isAborted(signal)) {
    const messages = await receive();
    if (isAborted(signal)) {
      // The stop came while they were on their way: they are for another instance.
      await giveBack(messages, options);
      return;
    }
    if (messages.length > 0) {
      hasFound = true;
      for (const message of messages) {
        const work = processMessage(message, options).finally(() => inFlight.delete(work));
        inFlight.add(work);
      }
      while (inFlight.size > newBatchThreshold) await Promise.race(inFlight);
    } else {
      await delay(waits.next(hasFound), undefined, { signal }).catch(() => undefined);
      hasFound = false;
    }
  }
}

/** A function call, because the compiler takes the flag for unchanged across an await. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** @returns a function that fetches a batch; it is empty when there is none or it cannot be had */
function createReceive({
  queue,
  settings,
  timing,
  log,
}: QueueListenerOptions): () => Promise<DequeuedMessageItem[]> {
  let lastProblem: string | undefined;
  return async () => {
    try {
      const answer = await queue.receiveMessages({
        numberOfMessages: settings.batchSize,
        visibilityTimeout: Math.round(timing.visibilityMs / 1000),
      });
      lastProblem = undefined;
      return answer.receivedMessageItems;
    } catch (error) {
      const problem = describeStorageError(error);
      // A listener polls for hours; one line per kind of trouble tells as much as thousands.
      if (problem !== lastProblem && !isQueueMissing(error)) {
        log({ level: 'error', message: `${queue.name}: cannot be polled: ${problem}` });
      }
      lastProblem = problem;
      return [];
    }
  };
}

async function giveBack(
  messages: DequeuedMessageItem[],
  { queue }: QueueListenerOptions,
): Promise<void> {
  const updates = messages.map(({ messageId, popReceipt }) =>
    queue.updateMessage(messageId, popReceipt, undefined, 0),
  );
  // What cannot be given back returns by itself after its invisibility.
  await Promise.allSettled(updates);
}

import type { QueueServiceClient } from '@azure/storage-queue';
import pMap from 'p-map';
import type { Run } from '../../core/run.ts';
import type { RunQueue } from '../../use-cases/ports.ts';
import { isMissingQueue, queueNames } from './queues.ts';

/** Messages sent at once; more gains little and crowds out the workers on a small instance. */
const CONCURRENCY = 16;

/** The queue service hides a message for at most seven days. */
const MAX_DELAY_SECONDS = 7 * 24 * 3600;

/** A message lives until it is processed: a run may be open for a week. */
const NEVER_EXPIRES = -1;

/** The run's queues in Azure Storage; messages in base64, as host.json says. */
export class StorageRunQueue implements RunQueue {
  readonly #service: QueueServiceClient;

  constructor(service: QueueServiceClient) {
    this.#service = service;
  }

  async enqueuePlan(runId: string, delayMs: number): Promise<void> {
    await this.#send(queueNames.plans, { runId }, delayMs);
  }

  async enqueueBatches(
    { id: runId, priority }: Pick<Run, 'id' | 'priority'>,
    batches: readonly { number: number; delayMs: number }[],
  ): Promise<void> {
    const queueName = priority === 'urgent' ? queueNames.urgentBatches : queueNames.batches;
    await pMap(
      batches,
      ({ number, delayMs }) => this.#send(queueName, { runId, batch: number }, delayMs),
      { concurrency: CONCURRENCY },
    );
  }

  async enqueueMonitor(runId: string, delayMs: number): Promise<string> {
    return this.#send(queueNames.monitor, { runId }, delayMs);
  }

  async countPoisoned(): Promise<number> {
    const counts = await pMap(Object.values(queueNames), async (name) => {
      try {
        const queue = this.#service.getQueueClient(`${name}-poison`);
        return (await queue.getProperties()).approximateMessagesCount ?? 0;
      } catch (error) {
        if (isMissingQueue(error)) return 0;
        throw error;
      }
    });
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async #send(queueName: string, entry: object, delayMs: number): Promise<string> {
    const queue = this.#service.getQueueClient(queueName);
    const text = Buffer.from(JSON.stringify(entry)).toString('base64');
    const options = {
      visibilityTimeout: Math.min(Math.ceil(delayMs / 1000), MAX_DELAY_SECONDS),
      messageTimeToLive: NEVER_EXPIRES,
    };
    try {
      return (await queue.sendMessage(text, options)).messageId;
    } catch (error) {
      if (!isMissingQueue(error)) throw error;
      await queue.createIfNotExists();
      return (await queue.sendMessage(text, options)).messageId;
    }
  }
}

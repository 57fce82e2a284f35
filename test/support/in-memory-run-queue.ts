import type { Clock, RunQueue } from '../../src/use-cases/ports.ts';

export type QueueName = 'plans' | 'batches' | 'monitor';

export interface QueuedMessage {
  readonly id: string;
  readonly queue: QueueName;
  readonly entry: { readonly runId: string; readonly batch?: number };
  visibleAt: number;
  dequeueCount: number;
  isPoison: boolean;
}

/** The queues in memory; `visibleAt` is the visibility timeout of Azure Storage. */
export class InMemoryRunQueue implements RunQueue {
  messages: QueuedMessage[] = [];
  readonly #clock: Clock;
  #sent = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  enqueuePlan(runId: string, delayMs: number): Promise<void> {
    this.send('plans', { runId }, delayMs);
    return Promise.resolve();
  }

  enqueueBatches(
    { id: runId }: { readonly id: string },
    batches: readonly { number: number; delayMs: number }[],
  ): Promise<void> {
    for (const { number, delayMs } of batches)
      this.send('batches', { runId, batch: number }, delayMs);
    return Promise.resolve();
  }

  enqueueMonitor(runId: string, delayMs: number): Promise<string> {
    return Promise.resolve(this.send('monitor', { runId }, delayMs).id);
  }

  countPoisoned(): Promise<number> {
    return Promise.resolve(this.messages.filter(({ isPoison }) => isPoison).length);
  }

  send(queue: QueueName, entry: QueuedMessage['entry'], delayMs: number): QueuedMessage {
    const visibleAt = this.#clock.now() + delayMs;
    const id = `message-${++this.#sent}`;
    const message = { id, queue, entry, visibleAt, dequeueCount: 0, isPoison: false };
    this.messages.push(message);
    return message;
  }
}

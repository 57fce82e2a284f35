import type { queueNames } from '../../../src/adapters/queue/queues.ts';
import type { Run } from '../../../src/core/run.ts';
import type { RunQueue } from '../../../src/use-cases/ports.ts';
import pMap from 'p-map';
import type { Instance } from '../platform/instance.ts';
import { type Entry, MessageQueue } from './message-queue.ts';

export type QueueName = keyof typeof queueNames;

/** The app's queues and their poison queues. */
export class Queues {
  readonly of: Readonly<Record<QueueName, MessageQueue>> = {
    plans: new MessageQueue('plans'),
    batches: new MessageQueue('batches'),
    urgentBatches: new MessageQueue('urgent-batches'),
    monitor: new MessageQueue('monitor'),
  };
  readonly poisonOf: Readonly<Record<QueueName, MessageQueue>> = {
    plans: new MessageQueue('plans-poison'),
    batches: new MessageQueue('batches-poison'),
    urgentBatches: new MessageQueue('urgent-batches-poison'),
    monitor: new MessageQueue('monitor-poison'),
  };
}

/** Messages that the app sends at once. */
const CONCURRENCY = 16;

/** The run's queues as an instance of the app reaches them; the service delays by whole seconds. */
export class SimulatedRunQueue implements RunQueue {
  readonly #queues: Queues;
  readonly #instance: Instance;

  constructor(queues: Queues, instance: Instance) {
    this.#queues = queues;
    this.#instance = instance;
  }

  async enqueuePlan(runId: string, delayMs: number): Promise<void> {
    await this.#send('plans', { runId }, delayMs);
  }

  async enqueueBatches(
    { id: runId, priority }: Pick<Run, 'id' | 'priority'>,
    batches: readonly { number: number; delayMs: number }[],
  ): Promise<void> {
    const name = priority === 'urgent' ? 'urgentBatches' : 'batches';
    await pMap(
      batches,
      ({ number, delayMs }) => this.#send(name, { runId, batch: number }, delayMs),
      { concurrency: CONCURRENCY },
    );
  }

  enqueueMonitor(runId: string, delayMs: number): Promise<string> {
    return this.#send('monitor', { runId }, delayMs);
  }

  async countPoisoned(): Promise<number> {
    const queues = Object.values(this.#queues.poisonOf);
    const counts = await Promise.all(queues.map((queue) => this.#instance.queue(() => queue.size)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  #send(name: QueueName, entry: Entry, delayMs: number): Promise<string> {
    const hiddenMs = Math.ceil(delayMs / 1000) * 1000;
    const { world } = this.#instance;
    return this.#instance.queue(() => this.#queues.of[name].send(entry, world.now() + hiddenMs));
  }
}

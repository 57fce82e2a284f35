import { createPollingDelay } from '../../../dev/functions-host/queue/polling-delay.ts';
import type { Message, MessageQueue } from '../storage/message-queue.ts';
import { latencies } from '../world/latency.ts';
import type { Instance } from './instance.ts';

/** Of `host.json`, as the app is deployed. */
export const queueSettings = {
  batchSize: 4,
  newBatchThreshold: 4,
  maxPollingIntervalMs: 2_000,
  /** After a failed delivery. */
  visibilityTimeoutMs: 15_000,
  maxDequeueCount: 5,
} as const;

/** The host hides what it delivers for 10 minutes, and again half way through. */
const HIDDEN_MS = 600_000;

export interface ListenerOptions {
  readonly instance: Instance;
  readonly queue: MessageQueue;
  /** Absent for a poison queue. */
  readonly poisonQueue: MessageQueue | undefined;
  readonly handle: (message: Message) => Promise<void>;
}

/** A queue trigger: polls, and has at most `batchSize + newBatchThreshold` executions at once. */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #inFlight = new Set<Promise<void>>();
  #isStopped = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  get isIdle(): boolean {
    return this.#inFlight.size === 0;
  }

  /** Fetches no more; what is in flight goes on. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Polls until it is stopped; never ends in an instance that died. */
  async run(): Promise<void> {
    const { instance } = this.#options;
    const waits = createPollingDelay(queueSettings.maxPollingIntervalMs, instance.random);
    let hasFound = false;
    while (!this.#isStopped) {
      const messages = await this.#receive();
      if (messages.length === 0) await instance.wait(waits.next(hasFound));
      hasFound = messages.length > 0;
      for (const message of messages) {
        const work = this.#process(message).finally(() => this.#inFlight.delete(work));
        this.#inFlight.add(work);
      }
      while (this.#inFlight.size > queueSettings.newBatchThreshold) {
        await Promise.race(this.#inFlight);
      }
    }
  }

  async #receive(): Promise<Message[]> {
    const { instance, queue } = this.#options;
    const messages = await instance.request(latencies.queue, () =>
      queue.receive(queueSettings.batchSize, instance.world.now(), HIDDEN_MS),
    );
    instance.usage[messages.length === 0 ? 'emptyPolls' : 'queueOperations']++;
    return messages;
  }

  async #process(message: Message): Promise<void> {
    const { instance, queue, handle } = this.#options;
    const { world, periods, usage } = instance;
    const held = { isHeld: true };
    this.#hold(message, held);
    usage.invocations++;
    periods.begin(world.now());
    const hasSucceeded = await handle(message).then(
      () => true,
      () => false,
    );
    periods.end(world.now());
    held.isHeld = false;
    if (hasSucceeded) await instance.queue(() => queue.remove(message));
    else await this.#fail(message);
  }

  /** Keeps a message hidden for as long as it is worked on. */
  #hold(message: Message, held: { readonly isHeld: boolean }): void {
    const { instance, queue } = this.#options;
    const { world } = instance;
    world.schedule(HIDDEN_MS / 2, () => {
      if (!held.isHeld || instance.isDead) return;
      instance.usage.queueOperations++;
      message.popReceipt = queue.update(message, world.now() + HIDDEN_MS) ?? message.popReceipt;
      this.#hold(message, held);
    });
  }

  async #fail(message: Message): Promise<void> {
    const { instance, queue, poisonQueue } = this.#options;
    const { world, usage } = instance;
    usage.failures++;
    if (poisonQueue === undefined) return;
    if (message.dequeueCount < queueSettings.maxDequeueCount) {
      const visibleAt = world.now() + queueSettings.visibilityTimeoutMs;
      await instance.queue(() => queue.update(message, visibleAt));
      return;
    }
    await instance.queue(() => poisonQueue.send(message.entry, world.now()));
    await instance.queue(() => queue.remove(message));
  }
}

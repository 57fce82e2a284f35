import type { MessageQueue } from '../storage/message-queue.ts';
import type { EventClock } from '../world/event-clock.ts';
import type { Instance } from './instance.ts';
import { Listener, type ListenerOptions, queueSettings } from './listener.ts';

/** Between how many instances a function has. */
export interface Scale {
  readonly min: number;
  readonly max: number;
}

export interface ScaledFunctionOptions extends Omit<ListenerOptions, 'instance' | 'handle'> {
  readonly world: EventClock;
  readonly scale: Scale;
  readonly startInstance: () => Instance;
  /** What the function does with a message, in an instance. */
  readonly handlerOf: (instance: Instance) => ListenerOptions['handle'];
}

/** From the decision to start an instance to its first poll, ms: a cold start of the app. */
const COLD_START_MS = 3_000;

/** The platform adds at most so many instances at a time (target-based scaling). */
const MAX_ADDED = 4;

/** How long a function has fewer messages than its instances could take before it loses one, ms. */
const SCALE_IN_MS = 60_000;

/**
 * A function with a queue trigger, on instances of its own: each function of a Flex Consumption app
 * is scaled by itself (learn.microsoft.com/azure/azure-functions/flex-consumption-plan).
 */
export class ScaledFunction {
  readonly #options: ScaledFunctionOptions;
  readonly #running: { readonly instance: Instance; readonly listener: Listener }[] = [];
  #starting = 0;
  #busyAt = 0;

  constructor(options: ScaledFunctionOptions) {
    this.#options = options;
    for (let count = 0; count < options.scale.min; count++) this.#start();
  }

  get instances(): number {
    return this.#running.length + this.#starting;
  }

  /**
   * Decides on instances as target-based scaling does: so many as take all messages at once. Hidden
   * messages count as well, once any is visible: a queue does not tell them apart.
   */
  scale(): void {
    const { queue, world, scale } = this.#options;
    const wanted = Math.min(scale.max, Math.max(scale.min, wantedInstances(queue, world.now())));
    if (wanted >= this.instances) this.#busyAt = world.now();
    const added = Math.min(MAX_ADDED, wanted - this.instances);
    for (let count = 0; count < added; count++) this.#startLater();
    if (world.now() - this.#busyAt < SCALE_IN_MS || this.#running.length <= scale.min) return;
    this.#running.pop()?.listener.stop();
    this.#busyAt = world.now();
  }

  /** Kills an instance in the middle of its work; another one takes its place. */
  kill(instance: Instance): void {
    const place = this.#running.findIndex((running) => running.instance === instance);
    if (place < 0) return;
    this.#running.splice(place, 1);
    instance.die();
    this.#startLater();
  }

  #startLater(): void {
    this.#starting++;
    this.#options.world.schedule(COLD_START_MS, () => {
      this.#starting--;
      this.#start();
    });
  }

  #start(): void {
    const { startInstance, handlerOf, queue, poisonQueue } = this.#options;
    const instance = startInstance();
    const listener = new Listener({ instance, queue, poisonQueue, handle: handlerOf(instance) });
    this.#running.push({ instance, listener });
    void listener.run();
  }
}

function wantedInstances(queue: MessageQueue, now: number): number {
  const { batchSize, newBatchThreshold } = queueSettings;
  return queue.isAnyVisible(now) ? Math.ceil(queue.size / (batchSize + newBatchThreshold)) : 0;
}

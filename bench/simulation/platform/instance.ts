import type { Clock } from '../../../src/use-cases/ports.ts';
import type { EventClock } from '../world/event-clock.ts';
import { type Latency, drawLatency, latencies } from '../world/latency.ts';
import type { Usage } from '../world/usage.ts';
import { ActivePeriods } from './billing.ts';

export interface InstanceOptions {
  readonly world: EventClock;
  readonly random: () => number;
  readonly usage: Usage;
  /** How far its clock is ahead of the world's, ms. */
  readonly skewMs: number;
}

/**
 * An instance of the app: a clock of its own, and the way to everything outside. Once it is dead
 * nothing that waits in it goes on, as with a killed process.
 */
export class Instance {
  readonly usage: Usage;
  readonly random: () => number;
  readonly periods: ActivePeriods;
  /** The clock that the app sees. */
  readonly clock: Clock;
  readonly world: EventClock;
  #isDead = false;

  constructor({ world, random, usage, skewMs }: InstanceOptions) {
    this.world = world;
    this.random = random;
    this.usage = usage;
    this.periods = new ActivePeriods(usage);
    this.clock = { now: () => world.now() + skewMs, sleep: (ms) => this.wait(ms) };
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  die(): void {
    this.#isDead = true;
    this.periods.stop(this.world.now());
  }

  /** A request to Table storage: its effect comes half way through. */
  table<T>(effect: () => T | Promise<T>, rows = 1): Promise<T> {
    this.usage.tableOperations++;
    return this.request(latencies.table, () => {
      this.usage.rowsRead += rows;
      return effect();
    });
  }

  /** A request to Queue storage. */
  queue<T>(effect: () => T): Promise<T> {
    this.usage.queueOperations++;
    return this.request(latencies.queue, effect);
  }

  /** Something that is asked for, done, and answered. */
  async request<T>(latency: Latency, effect: () => T | Promise<T>): Promise<T> {
    const half = drawLatency(latency, this.random) / 2;
    await this.wait(half);
    const result = await effect();
    await this.wait(half);
    return result;
  }

  /** Waits for as long as that takes. */
  take(latency: Latency): Promise<void> {
    return this.wait(drawLatency(latency, this.random));
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.world.schedule(ms, () => {
        if (!this.#isDead) resolve();
      });
    });
  }
}

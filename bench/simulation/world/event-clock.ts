import type { Clock } from '../../../src/use-cases/ports.ts';
import { EventHeap } from './event-heap.ts';

/** The world's clock: time jumps from one event to the next, so that a day takes seconds. */
export class EventClock implements Clock {
  readonly #events = new EventHeap<() => void>();
  #now: number;

  /** @param now when the world begins, ms since the epoch */
  constructor(now = Date.UTC(2026, 10, 21)) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.schedule(ms, wake);
    });

  /** Has something happen in `ms`. */
  schedule(ms: number, happen: () => void): void {
    this.#events.add(this.#now + Math.max(0, ms), happen);
  }

  /**
   * Lets everything happen, in order, until it is over.
   *
   * @throws Error when nothing is left to happen before that
   */
  async runUntil(isOver: () => boolean): Promise<void> {
    await quiet();
    while (!isOver()) {
      if (this.#events.size === 0) throw new Error('Nothing is left to happen.');
      this.#now = this.#events.nextAt;
      while (this.#events.nextAt === this.#now) this.#events.take()?.();
      await quiet();
    }
  }
}

/** Waits until no promise has anything left to do: whoever woke up sleeps again or is done. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

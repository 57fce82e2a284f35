import type { Clock } from '../../src/use-cases/ports.ts';

/** Time that passes only when it is told to, so that a test of a day takes milliseconds. */
export class VirtualClock implements Clock {
  #now: number;
  #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  constructor(now = Date.UTC(2026, 10, 21)) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.#sleepers.push({ at: this.#now + ms, wake });
    });

  /** When the first sleeper is to wake; `Infinity` when nobody sleeps. */
  get nextWakeAt(): number {
    return Math.min(...this.#sleepers.map(({ at }) => at), Infinity);
  }

  /** Moves on to `at` and wakes whoever sleeps until then, in order. */
  moveTo(at: number): void {
    this.#now = Math.max(this.#now, at);
    const due = this.#sleepers.filter((sleeper) => sleeper.at <= this.#now);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.at > this.#now);
    for (const { wake } of due.sort((a, b) => a.at - b.at)) wake();
  }
}

import type { Usage } from '../world/usage.ts';

/**
 * On demand an active period of an instance is billed for at least a second, then in steps of 100 ms
 * (learn.microsoft.com/azure/azure-functions/functions-consumption-costs).
 */
const MIN_PERIOD_MS = 1_000;
const STEP_MS = 100;

/** What an active period of an instance is billed for, ms. */
export function billedMs(periodMs: number): number {
  return Math.max(MIN_PERIOD_MS, Math.ceil(periodMs / STEP_MS) * STEP_MS);
}

/**
 * The active time of one instance, as Flex Consumption bills it: while at least one execution is
 * under way, however many there are.
 */
export class ActivePeriods {
  readonly #usage: Usage;
  #running = 0;
  #since = 0;

  /** @param usage where the periods are added up */
  constructor(usage: Usage) {
    this.#usage = usage;
  }

  begin(now: number): void {
    if (this.#running++ === 0) this.#since = now;
  }

  end(now: number): void {
    if (this.#running > 0 && --this.#running === 0) this.#add(now);
  }

  /** The instance is gone, and its executions with it. */
  stop(now: number): void {
    if (this.#running > 0) this.#add(now);
    this.#running = 0;
  }

  #add(now: number): void {
    const periodMs = now - this.#since;
    this.#usage.activeSeconds += periodMs / 1000;
    this.#usage.billedSeconds += billedMs(periodMs) / 1000;
  }
}

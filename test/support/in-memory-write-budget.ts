import {
  type Reservation,
  type WriteBudgetState,
  type WriteRequest,
  announceUrgent,
  freshBudget,
  reserve,
} from '../../src/core/write-budget.ts';
import { isStillOpen, throttle } from '../../src/core/write-gate.ts';
import type { Clock, WriteBudget } from '../../src/use-cases/ports.ts';

/** The write budget of the core, kept in a variable. */
export class InMemoryWriteBudget implements WriteBudget {
  state: WriteBudgetState = freshBudget;
  readonly #clock: Clock;
  readonly #ceiling: number;

  constructor(clock: Clock, ceiling: number) {
    this.#clock = clock;
    this.#ceiling = ceiling;
  }

  reserve(request: WriteRequest): Promise<Reservation> {
    const { state, reservation } = reserve(this.state, request, this.#ceiling, this.#clock.now());
    this.state = state;
    return Promise.resolve(reservation);
  }

  isStillOpen(at: number): Promise<boolean> {
    return Promise.resolve(isStillOpen(this.state, at));
  }

  throttle(throttled: { readonly at: number; readonly waitMs: number }): Promise<void> {
    this.state = throttle(this.state, throttled, this.#ceiling, this.#clock.now());
    return Promise.resolve();
  }

  announceUrgent(): Promise<void> {
    this.state = announceUrgent(this.state, this.#clock.now());
    return Promise.resolve();
  }
}

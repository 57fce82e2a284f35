import { RestError } from '@azure/data-tables';
import { optimistically } from '../../../src/adapters/table/optimistic.ts';
import { type DatedResponse, ServerClock } from '../../../src/adapters/table/server-clock.ts';
import {
  type Reservation,
  type WriteBudgetState,
  type WriteRequest,
  announceUrgent,
  freshBudget,
  reserve,
} from '../../../src/core/write-budget.ts';
import { isStillOpen, throttle } from '../../../src/core/write-gate.ts';
import type { WriteBudget } from '../../../src/use-cases/ports.ts';
import type { Instance } from '../platform/instance.ts';

/**
 * Writes that miss their moment by more than this, ms, would crowd those of the next slots: they are
 * reserved again, and the slot is lost.
 */
const MAX_LATE_MS = 100;

/** After so many reservations in a row the storage is slow, and late is better than never. */
const MAX_ATTEMPTS = 3;

/** The row that all instances share. */
export interface BudgetRow {
  state: WriteBudgetState;
  version: number;
}

export function freshRow(): BudgetRow {
  return { state: freshBudget, version: 0 };
}

/**
 * The write budget as an instance of the app reaches it: the row is read, changed and written under
 * its version, and the time is the store's, as far as its answers tell.
 */
export class SimulatedWriteBudget implements WriteBudget {
  readonly #row: BudgetRow;
  readonly #instance: Instance;
  readonly #ceiling: number;
  readonly #serverClock: ServerClock;

  /** @param ceiling writes per second when Graph does not throttle */
  constructor(row: BudgetRow, instance: Instance, ceiling: number) {
    this.#row = row;
    this.#instance = instance;
    this.#ceiling = ceiling;
    this.#serverClock = new ServerClock(instance.clock);
  }

  async reserve(request: WriteRequest): Promise<Reservation> {
    for (let attempts = 1; ; attempts++) {
      const reservation = await this.#reserve(request);
      if (reservation.kind === 'putBack') {
        this.#instance.usage.putBacks++;
        return reservation;
      }
      // The write took its time, and its answer told the store's time better than was known before.
      const waitMs = reservation.at - this.#serverClock.now();
      if (waitMs >= -MAX_LATE_MS || attempts === MAX_ATTEMPTS) {
        return { ...reservation, waitMs: Math.max(0, waitMs) };
      }
    }
  }

  #reserve(request: WriteRequest): Promise<Reservation> {
    return this.#change((state, now) => {
      const next = reserve(state, request, this.#ceiling, now);
      return { state: next.state, result: next.reservation };
    });
  }

  async isStillOpen(at: number): Promise<boolean> {
    return isStillOpen((await this.#read()).state, at);
  }

  async throttle(throttled: { readonly at: number; readonly waitMs: number }): Promise<void> {
    await this.#change((state, now) => ({
      state: throttle(state, throttled, this.#ceiling, now),
      result: undefined,
    }));
  }

  async announceUrgent(): Promise<void> {
    await this.#change((state, now) => ({ state: announceUrgent(state, now), result: undefined }));
  }

  #change<T>(
    change: (state: WriteBudgetState, now: number) => { state: WriteBudgetState; result: T },
  ): Promise<T> {
    const { clock, random } = this.#instance;
    return optimistically(
      async () => {
        const read = await this.#read();
        const { state, result } = change(read.state, this.#serverClock.now());
        if (state !== read.state) await this.#write(state, read.version);
        return result;
      },
      { clock, random },
    );
  }

  #read(): Promise<BudgetRow> {
    return this.#serverClock.observe((options) =>
      this.#request(() => ({ ...this.#row }), 1, options),
    );
  }

  async #write(state: WriteBudgetState, version: number): Promise<void> {
    const write = () => {
      if (this.#row.version !== version) return false;
      this.#row.state = state;
      this.#row.version++;
      return true;
    };
    const isWritten = await this.#serverClock.observeWrite((options) =>
      this.#request(write, 0, options),
    );
    if (!isWritten) throw new RestError('The row was written by another.', { statusCode: 412 });
  }

  /** A request whose answer tells the time of the store. */
  async #request<T>(
    effect: () => T,
    rows: number,
    { onResponse }: { onResponse: (response: DatedResponse) => void },
  ): Promise<T> {
    const { world } = this.#instance;
    const { result, at } = await this.#instance.table(
      () => ({ result: effect(), at: world.now() }),
      rows,
    );
    onResponse({ headers: new Headers(timesOf(new Date(at), result === false)) });
    return result;
  }
}

/** What the store's answer says of its time; a write that was refused has no ETag. */
function timesOf(at: Date, isRefused: boolean): Record<string, string> {
  const date = at.toUTCString();
  if (isRefused) return { date };
  return { date, etag: `W/"datetime'${encodeURIComponent(at.toISOString())}'"` };
}

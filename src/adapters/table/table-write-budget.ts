import type { TableClient } from '@azure/data-tables';
import { z } from 'zod';
import {
  type Reservation,
  type WriteBudgetState,
  type WriteRequest,
  announceUrgent,
  freshBudget,
  reserve,
} from '../../core/write-budget.ts';
import { isStillOpen, throttle } from '../../core/write-gate.ts';
import type { Clock, WriteBudget } from '../../use-cases/ports.ts';
import { json } from './codecs.ts';
import { optimistically } from './optimistic.ts';
import { ServerClock } from './server-clock.ts';
import { isNotFound, withTable } from './tables.ts';

/**
 * Writes that miss their moment by more than this, ms, would crowd those of the next slots: they are
 * reserved again, and the slot is lost.
 */
const MAX_LATE_MS = 100;

/** After so many reservations in a row the storage is slow, and late is better than never. */
const MAX_ATTEMPTS = 3;

const KEYS = { partitionKey: 'writeBudget', rowKey: 'graph' };

const schema = z.object({
  state: json(
    z.object({
      openAt: z.number(),
      left: z.number(),
      nextAt: z.number(),
      closedUntil: z.number(),
      urgentUntil: z.number(),
      returnAt: z.object({ normal: z.number(), urgent: z.number() }),
      limit: z.number().exactOptional(),
      cutAt: z.number(),
    }),
  ),
});

interface StoredState {
  readonly state: WriteBudgetState;
  /** `undefined` while there is no row. */
  readonly etag: string | undefined;
}

/** The write budget in one row of the `Coordination` table, shared by all workers under its ETag. */
export class TableWriteBudget implements WriteBudget {
  readonly #client: TableClient;
  readonly #clock: Clock;
  readonly #serverClock: ServerClock;
  readonly #random: () => number;
  readonly #writesPerSecond: number;

  /** @param options.writesPerSecond the ceiling, when Graph does not throttle */
  constructor(
    client: TableClient,
    options: { clock: Clock; random: () => number; writesPerSecond: number },
  ) {
    this.#client = client;
    this.#clock = options.clock;
    this.#serverClock = new ServerClock(options.clock);
    this.#random = options.random;
    this.#writesPerSecond = options.writesPerSecond;
  }

  async reserve(request: WriteRequest): Promise<Reservation> {
    for (let attempts = 1; ; attempts++) {
      const reservation = await this.#reserve(request);
      if (reservation.kind === 'putBack') return reservation;
      // The write took its time, and its answer told the store's time better than was known before.
      const waitMs = reservation.at - this.#serverClock.now();
      if (waitMs >= -MAX_LATE_MS || attempts === MAX_ATTEMPTS) {
        return { ...reservation, waitMs: Math.max(0, waitMs) };
      }
    }
  }

  #reserve(request: WriteRequest): Promise<Reservation> {
    return this.#change((state, now) => {
      const next = reserve(state, request, this.#writesPerSecond, now);
      return { state: next.state, result: next.reservation };
    });
  }

  async isStillOpen(at: number): Promise<boolean> {
    return isStillOpen((await this.#read()).state, at);
  }

  async throttle(throttled: { readonly at: number; readonly waitMs: number }): Promise<void> {
    await this.#change((state, now) => ({
      state: throttle(state, throttled, this.#writesPerSecond, now),
      result: undefined,
    }));
  }

  async announceUrgent(): Promise<void> {
    await this.#change((state, now) => ({ state: announceUrgent(state, now), result: undefined }));
  }

  /** Changes the state under its ETag, again and again until no other writer was faster. */
  async #change<T>(
    change: (state: WriteBudgetState, now: number) => { state: WriteBudgetState; result: T },
  ): Promise<T> {
    return optimistically(
      async () => {
        const stored = await this.#read();
        const { state, result } = change(stored.state, this.#serverClock.now());
        if (state !== stored.state) await this.#write({ state, etag: stored.etag });
        return result;
      },
      { clock: this.#clock, random: this.#random },
    );
  }

  async #read(): Promise<StoredState> {
    try {
      const entity = await this.#serverClock.observe((options) =>
        this.#client.getEntity(KEYS.partitionKey, KEYS.rowKey, options),
      );
      const parsed = schema.safeParse(entity);
      // What another version of the app wrote says nothing here, and must not stop the sending.
      return { state: parsed.data?.state ?? freshBudget, etag: entity.etag };
    } catch (error) {
      if (isNotFound(error)) return { state: freshBudget, etag: undefined };
      throw error;
    }
  }

  async #write({ state, etag }: StoredState): Promise<void> {
    const entity = { ...KEYS, ...z.encode(schema, { state }) };
    await withTable(this.#client, () =>
      this.#serverClock.observeWrite((options) =>
        etag === undefined
          ? this.#client.createEntity(entity, options)
          : this.#client.updateEntity(entity, 'Replace', { ...options, etag }),
      ),
    );
  }
}

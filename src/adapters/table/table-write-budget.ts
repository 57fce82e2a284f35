import type { TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { type WriteBudgetState, closeGate, freshBudget, reserve } from '../../core/write-budget.ts';
import type { Clock, WriteBudget } from '../../use-cases/ports.ts';
import { optimistically } from './optimistic.ts';
import { isNotFound, withTable } from './tables.ts';

const KEYS = { partitionKey: 'writeBudget', rowKey: 'graph' };

const schema = z.object({ nextAt: z.number(), closedUntil: z.number() });

interface StoredState {
  readonly state: WriteBudgetState;
  /** `undefined` while there is no row. */
  readonly etag: string | undefined;
}

/** The write budget in one row of the `Coordination` table, shared by all workers under its ETag. */
export class TableWriteBudget implements WriteBudget {
  readonly #client: TableClient;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #writesPerSecond: number;

  constructor(
    client: TableClient,
    options: { clock: Clock; random: () => number; writesPerSecond: number },
  ) {
    this.#client = client;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#writesPerSecond = options.writesPerSecond;
  }

  async reserve(
    count: number,
    maxWaitMs: number,
  ): Promise<{ readonly isGranted: boolean; readonly waitMs: number }> {
    return this.#change((state) => {
      const now = this.#clock.now();
      const wanted = reserve(state, count, this.#writesPerSecond, { now, maxWaitMs });
      const isGranted = wanted.kind === 'granted';
      return {
        state: isGranted ? wanted.state : state,
        result: { isGranted, waitMs: wanted.waitMs },
      };
    });
  }

  async closeUntil(until: number): Promise<void> {
    await this.#change((state) => ({ state: closeGate(state, until), result: undefined }));
  }

  /** Changes the state under its ETag, again and again until no other writer was faster. */
  async #change<T>(
    change: (state: WriteBudgetState) => { state: WriteBudgetState; result: T },
  ): Promise<T> {
    return optimistically(
      async () => {
        const stored = await this.#read();
        const { state, result } = change(stored.state);
        if (state !== stored.state) await this.#write({ state, etag: stored.etag });
        return result;
      },
      { clock: this.#clock, random: this.#random },
    );
  }

  async #read(): Promise<StoredState> {
    try {
      const entity = await this.#client.getEntity(KEYS.partitionKey, KEYS.rowKey);
      return { state: schema.parse(entity), etag: entity.etag };
    } catch (error) {
      if (isNotFound(error)) return { state: freshBudget, etag: undefined };
      throw error;
    }
  }

  async #write({ state, etag }: StoredState): Promise<void> {
    // Doubles: the times have fractions of a millisecond and do not fit 32 bits.
    const entity = {
      ...KEYS,
      nextAt: { type: 'Double', value: String(state.nextAt) },
      closedUntil: { type: 'Double', value: String(state.closedUntil) },
    };
    await withTable(this.#client, () =>
      etag === undefined
        ? this.#client.createEntity(entity)
        : this.#client.updateEntity(entity, 'Replace', { etag }),
    );
  }
}

import { createHash } from 'node:crypto';
import { type TableClient, odata } from '@azure/data-tables';
import { z } from 'zod';
import type { IdempotencyKeys, KeyEntry } from '../../use-cases/ports.ts';
import { instant } from './codecs.ts';
import { type OptimisticOptions, defaultOptimism, optimistically } from './optimistic.ts';
import { isNotFound, isStale, withTable } from './tables.ts';

const PARTITION = 'idempotencyKey';

const schema = z.object({ runId: z.string(), fingerprint: z.string(), at: instant });

/** `Idempotency-Key`s in the `Coordination` table, by their hash: a key may hold any character. */
export class TableIdempotencyKeys implements IdempotencyKeys {
  readonly #client: TableClient;
  readonly #options: OptimisticOptions;

  constructor(client: TableClient, options: OptimisticOptions = defaultOptimism) {
    this.#client = client;
    this.#options = options;
  }

  async claim(
    key: string,
    entry: KeyEntry,
    isOver: (entry: KeyEntry) => boolean,
  ): Promise<KeyEntry> {
    return optimistically(async () => {
      const stored = await this.#read(key);
      if (stored !== undefined && !isOver(stored.entry)) return stored.entry;
      const row = { ...z.encode(schema, entry), partitionKey: PARTITION, rowKey: hashOf(key) };
      await withTable(this.#client, () =>
        stored === undefined
          ? this.#client.createEntity(row)
          : this.#client.updateEntity(row, 'Replace', { etag: stored.etag }),
      );
      return entry;
    }, this.#options);
  }

  async release(key: string, runId: string): Promise<void> {
    const stored = await this.#read(key);
    if (stored?.entry.runId !== runId) return;
    await this.#delete(hashOf(key), stored.etag);
  }

  async removeBefore(at: number): Promise<void> {
    const before = new Date(at).toISOString();
    const filter = odata`PartitionKey eq ${PARTITION} and at lt ${before}`;
    try {
      for await (const { rowKey, etag } of this.#client.listEntities({
        queryOptions: { filter },
      })) {
        if (rowKey !== undefined) await this.#delete(rowKey, etag);
      }
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  async #delete(rowKey: string, etag: string): Promise<void> {
    try {
      await this.#client.deleteEntity(PARTITION, rowKey, { etag });
    } catch (error) {
      // Gone already, or another request's by now.
      if (!isNotFound(error) && !isStale(error)) throw error;
    }
  }

  async #read(key: string): Promise<{ entry: KeyEntry; etag: string } | undefined> {
    try {
      const entity = await this.#client.getEntity(PARTITION, hashOf(key));
      return { entry: schema.parse(entity), etag: entity.etag };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

import type { TableClient } from '@azure/data-tables';
import { z } from 'zod';
import { type BucketSize, FULL_BUCKET, bucketOf, drawToken } from '../../core/token-bucket.ts';
import type { Clock, StartBudget } from '../../use-cases/ports.ts';
import { instant } from './codecs.ts';
import { optimistically } from './optimistic.ts';
import { rowKeyOf } from './row-key.ts';
import { isNotFound, withTable } from './tables.ts';

const PARTITION = 'startBudget';

const schema = z.object({ fullAt: instant });

/** A token bucket for each caller in a row of the `Coordination` table, under its ETag. */
export class TableStartBudget implements StartBudget {
  readonly #client: TableClient;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #size: BucketSize;

  constructor(
    client: TableClient,
    options: { clock: Clock; random: () => number; startsPerMinute: number },
  ) {
    this.#client = client;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#size = bucketOf(options.startsPerMinute);
  }

  async draw(caller: string): Promise<number | undefined> {
    const rowKey = rowKeyOf(caller);
    return optimistically(
      async () => {
        const { fullAt, etag } = await this.#read(rowKey);
        const draw = drawToken(fullAt, this.#size, this.#clock.now());
        if (!draw.isGranted) return draw.retryAfterMs;
        await this.#write(rowKey, draw.fullAt, etag);
        return undefined;
      },
      { clock: this.#clock, random: this.#random },
    );
  }

  async #read(rowKey: string): Promise<{ fullAt: number; etag: string | undefined }> {
    try {
      const entity = await this.#client.getEntity(PARTITION, rowKey);
      return { ...schema.parse(entity), etag: entity.etag };
    } catch (error) {
      if (isNotFound(error)) return { fullAt: FULL_BUCKET, etag: undefined };
      throw error;
    }
  }

  async #write(rowKey: string, fullAt: number, etag: string | undefined): Promise<void> {
    const entity = { ...z.encode(schema, { fullAt }), partitionKey: PARTITION, rowKey };
    await withTable(this.#client, () =>
      etag === undefined
        ? this.#client.createEntity(entity)
        : this.#client.updateEntity(entity, 'Replace', { etag }),
    );
  }
}

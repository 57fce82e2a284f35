import type { TableClient } from '@azure/data-tables';
import { z } from 'zod';
import type { Admission, OpenRuns } from '../../use-cases/ports.ts';
import { json } from './codecs.ts';
import { type OptimisticOptions, defaultOptimism, optimistically } from './optimistic.ts';
import { rowKeyOf } from './row-key.ts';
import { isNotFound, withTable } from './tables.ts';

const PARTITION = 'openRuns';

const schema = z.object({
  admitted: json(z.array(z.object({ runId: z.string(), at: z.number() })).readonly()),
});

/** Who is admitted to which lane: a row for each lane in the `Coordination` table, under its ETag. */
export class TableOpenRuns implements OpenRuns {
  readonly #client: TableClient;
  readonly #options: OptimisticOptions;

  constructor(client: TableClient, options: OptimisticOptions = defaultOptimism) {
    this.#client = client;
    this.#options = options;
  }

  async admit<Blocker>(
    lane: string,
    admission: Admission,
    inspect: (
      admitted: readonly Admission[],
    ) => Promise<{ readonly stay: readonly Admission[]; readonly blocker?: Blocker }>,
  ): Promise<Blocker | undefined> {
    return optimistically(async () => {
      const { admitted, etag } = await this.#read(lane);
      const { stay, blocker } = await inspect(admitted);
      if (blocker !== undefined) return blocker;
      const row = z.encode(schema, { admitted: [...stay, admission] });
      const entity = { ...row, partitionKey: PARTITION, rowKey: rowKeyOf(lane) };
      await withTable(this.#client, () =>
        etag === undefined
          ? this.#client.createEntity(entity)
          : this.#client.updateEntity(entity, 'Replace', { etag }),
      );
      return undefined;
    }, this.#options);
  }

  async #read(lane: string): Promise<{ admitted: readonly Admission[]; etag: string | undefined }> {
    try {
      const entity = await this.#client.getEntity(PARTITION, rowKeyOf(lane));
      return { ...schema.parse(entity), etag: entity.etag };
    } catch (error) {
      if (isNotFound(error)) return { admitted: [], etag: undefined };
      throw error;
    }
  }
}

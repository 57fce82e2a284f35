import { type TableClient, odata } from '@azure/data-tables';
import type { Run } from '../../core/run.ts';
import { type RunStore, UnknownRunError } from '../../use-cases/ports.ts';
import { type OptimisticOptions, defaultOptimism, optimistically } from './optimistic.ts';
import { RUN_PARTITION, fromRunEntity, toRunEntity } from './run-entity.ts';
import { isNotFound, withTable } from './tables.ts';

/** Runs in the `Runs` table. */
export class TableRunStore implements RunStore {
  readonly #client: TableClient;

  readonly #options: OptimisticOptions;

  constructor(client: TableClient, options: OptimisticOptions = defaultOptimism) {
    this.#client = client;
    this.#options = options;
  }

  async create(run: Run): Promise<void> {
    await withTable(this.#client, () => this.#client.createEntity(toRunEntity(run)));
  }

  async get(id: string): Promise<Run | undefined> {
    return (await this.#read(id))?.run;
  }

  async update(id: string, change: (run: Run) => Run | undefined): Promise<Run> {
    return optimistically(async () => {
      const stored = await this.#read(id);
      if (stored === undefined) throw new UnknownRunError(`There is no run ${id}.`);
      const changed = change(stored.run);
      if (changed === undefined || changed === stored.run) return stored.run;
      await this.#client.updateEntity(toRunEntity(changed), 'Replace', { etag: stored.etag });
      return changed;
    }, this.#options);
  }

  async *listUnfinished(): AsyncIterable<Run> {
    const filter = odata`PartitionKey eq ${RUN_PARTITION} and unfinished eq true`;
    yield* this.#list(filter);
  }

  async lastSuccessAt(): Promise<number | undefined> {
    let oldest: Run | undefined;
    for await (const run of this.#list(odata`PartitionKey eq ${RUN_PARTITION}`)) {
      const { status, completedAt } = run;
      if (status === 'completed' || status === 'completedWithErrors') return completedAt;
      oldest = run;
    }
    return oldest?.createdAt;
  }

  async *#list(filter: string): AsyncIterable<Run> {
    try {
      for await (const entity of this.#client.listEntities({ queryOptions: { filter } })) {
        yield fromRunEntity(entity);
      }
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  async #read(id: string): Promise<{ run: Run; etag: string } | undefined> {
    try {
      const entity = await this.#client.getEntity(RUN_PARTITION, id);
      return { run: fromRunEntity(entity), etag: entity.etag };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }
}

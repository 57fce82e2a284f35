import { type TableClient, odata } from '@azure/data-tables';
import type { Run } from '../../core/run.ts';
import { isRunId } from '../../core/run-id.ts';
import {
  InvalidTokenError,
  type Page,
  RunExistsError,
  type RunFilter,
  type RunStore,
  UnknownRunError,
} from '../../use-cases/ports.ts';
import { decodeToken, encodeToken } from './continuation-token.ts';
import { type OptimisticOptions, defaultOptimism, optimistically } from './optimistic.ts';
import { RUN_PARTITION, fromRunEntity, toRunEntity } from './run-entity.ts';
import { isConflict, isNotFound, withTable } from './tables.ts';

/** Runs in the `Runs` table. */
export class TableRunStore implements RunStore {
  readonly #client: TableClient;

  readonly #options: OptimisticOptions;

  constructor(client: TableClient, options: OptimisticOptions = defaultOptimism) {
    this.#client = client;
    this.#options = options;
  }

  async create(run: Run): Promise<void> {
    try {
      await withTable(this.#client, () => this.#client.createEntity(toRunEntity(run)));
    } catch (error) {
      if (!isConflict(error)) throw error;
      throw new RunExistsError(`There is a run ${run.id} already.`, { cause: error });
    }
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

  async list({ status, trigger, limit, continuationToken }: RunFilter): Promise<Page<Run>> {
    const conditions = [
      odata`PartitionKey eq ${RUN_PARTITION}`,
      ...(continuationToken === undefined ? [] : [odata`RowKey gt ${afterOf(continuationToken)}`]),
      ...(status === undefined ? [] : [odata`status eq ${status}`]),
      ...(trigger === undefined ? [] : [odata`trigger eq ${trigger}`]),
    ];
    const value: Run[] = [];
    for await (const run of this.#list(conditions.join(' and '), limit + 1)) {
      if (value.length === limit)
        return { value, continuationToken: encodeToken(value.at(-1)?.id) };
      value.push(run);
    }
    return { value };
  }

  async *listBefore(createdBefore: number): AsyncIterable<string> {
    const before = new Date(createdBefore).toISOString();
    const filter = odata`PartitionKey eq ${RUN_PARTITION} and createdAt lt ${before}`;
    for await (const run of this.#list(filter)) yield run.id;
  }

  async remove(id: string): Promise<void> {
    try {
      await this.#client.deleteEntity(RUN_PARTITION, id);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
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

  async *#list(filter: string, maxPageSize = 1_000): AsyncIterable<Run> {
    const pages = this.#client.listEntities({ queryOptions: { filter } }).byPage({ maxPageSize });
    try {
      for await (const page of pages) yield* page.map(fromRunEntity);
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

/** The id of the last run of the page before. */
function afterOf(continuationToken: string): string {
  const id = decodeToken(continuationToken);
  if (typeof id === 'string' && isRunId(id)) return id;
  throw new InvalidTokenError('The continuation token is not one of this list.');
}

import type { Run } from '../../../src/core/run.ts';
import type { Page, RunFilter, RunStore } from '../../../src/use-cases/ports.ts';
import type { InMemoryRunStore } from '../../../test/support/in-memory-run-store.ts';
import type { Instance } from '../platform/instance.ts';

/** The rows of runs as an instance of the app reaches them. */
export class SimulatedRunStore implements RunStore {
  readonly #rows: InMemoryRunStore;
  readonly #instance: Instance;

  constructor(rows: InMemoryRunStore, instance: Instance) {
    this.#rows = rows;
    this.#instance = instance;
  }

  create(run: Run): Promise<void> {
    return this.#instance.table(() => this.#rows.create(run), 0);
  }

  get(id: string): Promise<Run | undefined> {
    return this.#instance.table(() => this.#rows.get(id));
  }

  /** A read, then a write if there is something to change. */
  async update(id: string, change: (run: Run) => Run | undefined): Promise<Run> {
    const run = await this.#instance.table(() => this.#rows.get(id));
    const changed = run && change(run);
    if (run !== undefined && (changed === undefined || changed === run)) return run;
    return this.#instance.table(() => this.#rows.update(id, change), 0);
  }

  list(filter: RunFilter): Promise<Page<Run>> {
    return this.#instance.table(() => this.#rows.list(filter));
  }

  async *listBefore(createdBefore: number): AsyncIterable<string> {
    await this.#instance.table(() => undefined);
    yield* this.#rows.listBefore(createdBefore);
  }

  remove(id: string): Promise<void> {
    return this.#instance.table(() => this.#rows.remove(id), 0);
  }

  async *listUnfinished(): AsyncIterable<Run> {
    await this.#instance.table(() => undefined);
    yield* this.#rows.listUnfinished();
  }

  lastSuccessAt(): Promise<number | undefined> {
    return this.#instance.table(() => this.#rows.lastSuccessAt());
  }
}

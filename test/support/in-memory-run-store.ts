import type { Run } from '../../src/core/run.ts';
import { isSettled } from '../../src/core/settled.ts';
import {
  type Page,
  RunExistsError,
  type RunFilter,
  type RunStore,
  UnknownRunError,
} from '../../src/use-cases/ports.ts';

/** Runs in memory. Every call ends before another begins, which is what the ETag is for. */
export class InMemoryRunStore implements RunStore {
  readonly rows = new Map<string, Run>();

  create(run: Run): Promise<void> {
    if (this.rows.has(run.id)) return Promise.reject(new RunExistsError(run.id));
    this.rows.set(run.id, run);
    return Promise.resolve();
  }

  get(id: string): Promise<Run | undefined> {
    return Promise.resolve(this.rows.get(id));
  }

  update(id: string, change: (run: Run) => Run | undefined): Promise<Run> {
    const run = this.rows.get(id);
    if (run === undefined) return Promise.reject(new UnknownRunError(id));
    const changed = change(run) ?? run;
    this.rows.set(id, changed);
    return Promise.resolve(changed);
  }

  list({ status, trigger, limit, continuationToken = '' }: RunFilter): Promise<Page<Run>> {
    const all = [...this.rows.values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .filter((run) => run.id > continuationToken)
      .filter((run) => status === undefined || run.status === status)
      .filter((run) => trigger === undefined || run.trigger === trigger);
    const value = all.slice(0, limit);
    const last = value.at(-1)?.id;
    return Promise.resolve(
      all.length > limit && last !== undefined ? { value, continuationToken: last } : { value },
    );
  }

  async *listBefore(createdBefore: number): AsyncIterable<string> {
    for (const { id, createdAt } of [...this.rows.values()]) {
      if (createdAt < createdBefore) yield await Promise.resolve(id);
    }
  }

  remove(id: string): Promise<void> {
    this.rows.delete(id);
    return Promise.resolve();
  }

  async *listUnfinished(): AsyncIterable<Run> {
    for (const id of [...this.rows.keys()].sort()) {
      const run = this.rows.get(id);
      if (run !== undefined && !isSettled(run)) yield await Promise.resolve(run);
    }
  }

  lastSuccessAt(): Promise<number | undefined> {
    const runs = [...this.rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const success = runs.find(({ status }) => status.startsWith('completed'));
    return Promise.resolve(success?.completedAt ?? runs.at(-1)?.createdAt);
  }
}

import { type Run, isFinal } from '../../src/core/run.ts';
import { type RunStore, UnknownRunError } from '../../src/use-cases/ports.ts';

/** Runs in memory. Every call ends before another begins, which is what the ETag is for. */
export class InMemoryRunStore implements RunStore {
  readonly rows = new Map<string, Run>();

  create(run: Run): Promise<void> {
    if (this.rows.has(run.id)) return Promise.reject(new Error(`run ${run.id} exists`));
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

  async *listUnfinished(): AsyncIterable<Run> {
    for (const id of [...this.rows.keys()].sort()) {
      const run = this.rows.get(id);
      if (run !== undefined && (!isFinal(run) || run.reportedAt === undefined)) {
        yield await Promise.resolve(run);
      }
    }
  }

  lastSuccessAt(): Promise<number | undefined> {
    const runs = [...this.rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const success = runs.find(({ status }) => status.startsWith('completed'));
    return Promise.resolve(success?.completedAt ?? runs.at(-1)?.createdAt);
  }
}

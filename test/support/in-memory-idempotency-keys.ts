import type { IdempotencyKeys, KeyEntry } from '../../src/use-cases/ports.ts';

/** Idempotency keys in memory. */
export class InMemoryIdempotencyKeys implements IdempotencyKeys {
  readonly entries = new Map<string, KeyEntry>();

  claim(key: string, entry: KeyEntry, isOver: (entry: KeyEntry) => boolean): Promise<KeyEntry> {
    const stored = this.entries.get(key);
    if (stored !== undefined && !isOver(stored)) return Promise.resolve(stored);
    this.entries.set(key, entry);
    return Promise.resolve(entry);
  }

  release(key: string, runId: string): Promise<void> {
    if (this.entries.get(key)?.runId === runId) this.entries.delete(key);
    return Promise.resolve();
  }

  removeBefore(at: number): Promise<void> {
    for (const [key, entry] of this.entries) if (entry.at < at) this.entries.delete(key);
    return Promise.resolve();
  }
}

import {
  type Batch,
  type BatchSummary,
  type DeviceResult,
  totalsOf,
} from '../../src/core/batch.ts';
import type { SkippedDevice } from '../../src/core/plan.ts';
import { type RunLedger, StaleBatchError, type StoredBatch } from '../../src/use-cases/ports.ts';

/** The ledger in memory, with ETags that go stale as those of a table do. */
export class InMemoryRunLedger implements RunLedger {
  readonly batches = new Map<string, StoredBatch>();
  /** The outcome of each device, by run and device. */
  readonly outcomes = new Map<string, DeviceResult | { readonly outcome: 'skipped' }>();
  #version = 0;

  clear(runId: string): Promise<void> {
    for (const map of [this.batches, this.outcomes]) {
      for (const key of map.keys()) if (key.startsWith(`${runId}/`)) map.delete(key);
    }
    return Promise.resolve();
  }

  addBatches(batches: readonly Batch[]): Promise<void> {
    if (batches.some((batch) => this.batches.has(keyOf(batch)))) {
      return Promise.reject(new Error('a batch exists'));
    }
    for (const batch of batches) this.#put(batch);
    return Promise.resolve();
  }

  addSkipped(runId: string, devices: readonly SkippedDevice[]): Promise<void> {
    for (const { id } of devices) this.outcomes.set(`${runId}/${id}`, { outcome: 'skipped' });
    return Promise.resolve();
  }

  getBatch(runId: string, number: number): Promise<StoredBatch | undefined> {
    return Promise.resolve(this.batches.get(keyOf({ runId, number })));
  }

  saveBatch(stored: StoredBatch): Promise<StoredBatch> {
    if (this.batches.get(keyOf(stored.batch))?.etag !== stored.etag) {
      return Promise.reject(new StaleBatchError(keyOf(stored.batch)));
    }
    return Promise.resolve(this.#put(stored.batch));
  }

  async finishBatch(stored: StoredBatch): Promise<void> {
    const { batch } = await this.saveBatch(stored);
    for (const [index, { id }] of batch.devices.entries()) {
      const result = batch.progress[index]?.result;
      if (result !== undefined) this.outcomes.set(`${batch.runId}/${id}`, result);
    }
  }

  async *listBatches(runId: string, from: number): AsyncIterable<BatchSummary> {
    for (let number = from; ; number++) {
      const stored = await this.getBatch(runId, number);
      if (stored === undefined) return;
      yield { ...stored.batch, totals: totalsOf(stored.batch) };
    }
  }

  #put(batch: Batch): StoredBatch {
    const stored = { batch, etag: String(++this.#version) };
    this.batches.set(keyOf(batch), stored);
    return stored;
  }
}

function keyOf({ runId, number }: Pick<Batch, 'runId' | 'number'>): string {
  return `${runId}/${number}`;
}

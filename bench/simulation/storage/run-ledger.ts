import type { Batch, BatchSummary } from '../../../src/core/batch.ts';
import type { DeviceReport } from '../../../src/core/device-report.ts';
import type { SkippedDevice } from '../../../src/core/plan.ts';
import type { Page, RunLedger, StoredBatch } from '../../../src/use-cases/ports.ts';
import type { Instance } from '../platform/instance.ts';
import type { CompactLedger } from './compact-ledger.ts';

/** A query answers with so many rows, and a transaction takes so many (Table storage's limits). */
const PAGE_SIZE = 1_000;
const TRANSACTION_SIZE = 100;

/** Batches that are read at first. */
const FIRST_PAGE_SIZE = 100;

/** What a row of a page adds to its latency, ms. */
const ROW_MS = 0.05;

/** The ledger of a run as an instance of the app reaches it. */
export class SimulatedRunLedger implements RunLedger {
  readonly #ledger: CompactLedger;
  readonly #instance: Instance;

  constructor(ledger: CompactLedger, instance: Instance) {
    this.#ledger = ledger;
    this.#instance = instance;
  }

  clear(): Promise<void> {
    return this.#instance.table(() => this.#ledger.clear(), 0);
  }

  async addBatches(batches: readonly Batch[]): Promise<void> {
    for (let from = 0; from < batches.length; from += TRANSACTION_SIZE) {
      const part = batches.slice(from, from + TRANSACTION_SIZE);
      await this.#instance.table(() => this.#ledger.add(part), 0);
    }
  }

  async addSkipped(_runId: string, devices: readonly SkippedDevice[]): Promise<void> {
    for (let from = 0; from < devices.length; from += TRANSACTION_SIZE) {
      await this.#instance.table(() => undefined, 0);
    }
  }

  getBatch(_runId: string, number: number): Promise<StoredBatch | undefined> {
    return this.#instance.table(() => this.#ledger.get(number));
  }

  saveBatch(stored: StoredBatch): Promise<StoredBatch> {
    return this.#instance.table(() => this.#ledger.save(stored), 0);
  }

  async finishBatch(stored: StoredBatch): Promise<void> {
    await this.saveBatch(stored);
  }

  listDevices(): Promise<Page<DeviceReport>> {
    throw new Error('The devices of a simulated run are not listed.');
  }

  eachDevice(): AsyncIterable<never> {
    throw new Error('The devices of a simulated run are not listed.');
  }

  findDevices(): Promise<never> {
    throw new Error('The devices of a simulated run are not listed.');
  }

  listAccepted(): AsyncIterable<never> {
    throw new Error('A simulated run is not verified.');
  }

  saveVerdicts(): Promise<void> {
    throw new Error('A simulated run is not verified.');
  }

  async *listBatches(_runId: string, from: number): AsyncIterable<BatchSummary> {
    let pageSize = FIRST_PAGE_SIZE;
    for (let start = from; start <= this.#ledger.size;) {
      const rows = Math.min(pageSize, this.#ledger.size - start);
      await this.#instance.table(() => undefined, rows);
      await this.#instance.wait(rows * ROW_MS);
      for (let number = start; number < start + rows; number++) {
        const summary = this.#ledger.summary(number);
        if (summary !== undefined) yield summary;
      }
      if (rows < pageSize) return;
      start += rows;
      pageSize = PAGE_SIZE;
    }
  }
}

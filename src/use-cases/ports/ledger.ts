import type { Batch, BatchSummary } from '../../core/batch.ts';
import type { DeviceReport } from '../../core/device-report.ts';
import type { SkippedDevice } from '../../core/plan.ts';
import type { Page } from './runs.ts';

/** A batch as it was read, with what it takes to write it back only if nobody else has. */
export interface StoredBatch {
  readonly batch: Batch;
  readonly etag: string;
}

/** Which devices of a run a list shows; absent `outcomes`: all of them. */
export interface DeviceFilter {
  readonly outcomes?: readonly string[];
  readonly limit: number;
  readonly continuationToken?: string;
}

/** The items of runs: batches, and the outcome of every device. */
export interface RunLedger {
  /** Removes every item of a run. */
  clear: (runId: string) => Promise<void>;
  /** @throws when one exists: two plans at once must not mix */
  addBatches: (batches: readonly Batch[]) => Promise<void>;
  addSkipped: (runId: string, devices: readonly SkippedDevice[]) => Promise<void>;
  getBatch: (runId: string, number: number) => Promise<StoredBatch | undefined>;
  /** @throws StaleBatchError when the batch was written since it was read */
  saveBatch: (stored: StoredBatch) => Promise<StoredBatch>;
  /**
   * Writes a final batch and the outcome of each of its devices, all or nothing.
   *
   * @throws StaleBatchError
   */
  finishBatch: (stored: StoredBatch) => Promise<void>;
  /**
   * What became of devices, in a stable order; of a batch that is not final, `planned`.
   *
   * @throws InvalidTokenError
   */
  listDevices: (runId: string, filter: DeviceFilter) => Promise<Page<DeviceReport>>;
  /** Batches from a number on, in order; end the iteration early to read no further. */
  listBatches: (runId: string, from: number) => AsyncIterable<BatchSummary>;
}

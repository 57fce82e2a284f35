import type { Batch, BatchSummary } from '../../core/batch.ts';
import type { AcceptedDevice, Verdict } from '../../core/check-in.ts';
import type { DeviceReport } from '../../core/device-report.ts';
import type { SkippedDevice } from '../../core/plan.ts';
import type { Page } from './runs.ts';

/** A batch as it was read, with what it takes to write it back only if nobody else has. */
export interface StoredBatch {
  readonly batch: Batch;
  readonly etag: string;
}

/** A device whose command was accepted as it was read, with what it takes to write it back. */
export interface StoredDevice {
  readonly device: AcceptedDevice;
  readonly etag: string;
}

/** What is to be written of a device that was read. */
export interface DeviceVerdict {
  readonly deviceId: string;
  readonly etag: string;
  readonly verdict: Verdict;
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
  /**
   * What became of all devices of a run, or of those with some outcomes: as `listDevices`, but read
   * in one pass, and some at a time, so that a run of any size can be read.
   *
   * Of a run that is planned or over, each device comes once. Of one that is running none is missed,
   * but a device whose batch ends meanwhile can come twice: as it was in its batch, then with its
   * outcome.
   */
  eachDevice: (
    runId: string,
    outcomes?: readonly string[],
  ) => AsyncIterable<readonly DeviceReport[]>;
  /**
   * Those of some devices that have one of the outcomes in an ended run; quick for a few devices as
   * for many.
   *
   * @param deviceIds each once
   */
  findDevices: (
    runId: string,
    deviceIds: readonly string[],
    outcomes: readonly string[],
  ) => Promise<ReadonlySet<string>>;
  /** The devices of an ended run whose command was accepted, some at a time. */
  listAccepted: (runId: string) => AsyncIterable<readonly StoredDevice[]>;
  /**
   * Writes what became of devices, each only as it was read: a device that was written or removed
   * since is not touched, and some of the others may be written.
   *
   * @throws StaleDevicesError
   */
  saveVerdicts: (runId: string, verdicts: readonly DeviceVerdict[]) => Promise<void>;
  /** Batches from a number on, in order; end the iteration early to read no further. */
  listBatches: (runId: string, from: number) => AsyncIterable<BatchSummary>;
}

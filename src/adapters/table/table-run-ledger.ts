import { type TableClient, type TransactionAction, odata } from '@azure/data-tables';
import type { Batch, BatchSummary } from '../../core/batch.ts';
import type { SkippedDevice } from '../../core/plan.ts';
import type { DeviceReport } from '../../core/device-report.ts';
import {
  type DeviceFilter,
  type DeviceVerdict,
  type Page,
  type RunLedger,
  StaleBatchError,
  type StoredBatch,
  type StoredDevice,
} from '../../use-cases/ports.ts';
import {
  BATCH_ROWS_END,
  batchRowKey,
  fromBatchEntity,
  summaryColumns,
  toBatchEntity,
  toSummary,
} from './batch-entity.ts';
import { listAcceptedDevices, saveDeviceVerdicts } from './accepted-devices.ts';
import { eachDeviceReport, listDeviceReports } from './device-reports.ts';
import { findDevices } from './find-devices.ts';
import { toDeviceEntities, toSkippedEntity } from './device-entity.ts';
import { MAX_ROWS, rowPages } from './row-pages.ts';
import { isNotFound, isStale, withTable } from './tables.ts';
import { createAll, inTransactions } from './transactions.ts';

/**
 * Batches that are read at first. A look at a run goes as far as its batches are due, seldom beyond
 * these: at the default pace the next 90 s of a run are 15 batches.
 */
const FIRST_BATCHES = 100;

/** The ledger of a run: the partition with its id in the `RunItems` table. */
export class TableRunLedger implements RunLedger {
  readonly #client: TableClient;

  constructor(client: TableClient) {
    this.#client = client;
  }

  async clear(runId: string): Promise<void> {
    const queryOptions = {
      filter: odata`PartitionKey eq ${runId}`,
      select: ['partitionKey', 'rowKey'],
    };
    const keys: { partitionKey: string; rowKey: string }[] = [];
    for await (const page of rowPages(this.#client, queryOptions, () => MAX_ROWS)) {
      for (const { partitionKey, rowKey } of page) {
        if (partitionKey !== undefined && rowKey !== undefined) keys.push({ partitionKey, rowKey });
      }
    }
    for (const group of inTransactions(keys)) {
      await this.#client.submitTransaction(group.map((key) => ['delete', key]));
    }
  }

  async addBatches(batches: readonly Batch[]): Promise<void> {
    const entities = batches.map(toBatchEntity);
    await withTable(this.#client, () => createAll(this.#client, entities));
  }

  async addSkipped(runId: string, devices: readonly SkippedDevice[]): Promise<void> {
    const entities = devices.map((device) => toSkippedEntity(runId, device));
    await withTable(this.#client, () => createAll(this.#client, entities));
  }

  async getBatch(runId: string, number: number): Promise<StoredBatch | undefined> {
    try {
      const entity = await this.#client.getEntity(runId, batchRowKey(number));
      return { batch: fromBatchEntity(runId, entity), etag: entity.etag };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async saveBatch({ batch, etag }: StoredBatch): Promise<StoredBatch> {
    try {
      const saved = await this.#client.updateEntity(toBatchEntity(batch), 'Replace', { etag });
      return { batch, etag: saved.etag ?? '' };
    } catch (error) {
      throw asStale(error, batch);
    }
  }

  async finishBatch({ batch, etag }: StoredBatch): Promise<void> {
    const devices = toDeviceEntities(batch).map((entity): TransactionAction => [
      'upsert',
      entity,
      'Replace',
    ]);
    try {
      await this.#client.submitTransaction([
        ['update', toBatchEntity(batch), 'Replace', { etag }],
        ...devices,
      ]);
    } catch (error) {
      throw asStale(error, batch);
    }
  }

  async listDevices(runId: string, filter: DeviceFilter): Promise<Page<DeviceReport>> {
    return listDeviceReports(this.#client, runId, filter);
  }

  eachDevice(runId: string, outcomes?: readonly string[]): AsyncIterable<readonly DeviceReport[]> {
    return eachDeviceReport(this.#client, runId, outcomes);
  }

  findDevices(
    runId: string,
    deviceIds: readonly string[],
    outcomes: readonly string[],
  ): Promise<ReadonlySet<string>> {
    return findDevices(this.#client, runId, deviceIds, outcomes);
  }

  listAccepted(runId: string): AsyncIterable<readonly StoredDevice[]> {
    return listAcceptedDevices(this.#client, runId);
  }

  saveVerdicts(runId: string, verdicts: readonly DeviceVerdict[]): Promise<void> {
    return saveDeviceVerdicts(this.#client, runId, verdicts);
  }

  async *listBatches(runId: string, from: number): AsyncIterable<BatchSummary> {
    const filter =
      odata`PartitionKey eq ${runId} and RowKey ge ${batchRowKey(from)}` +
      odata` and RowKey lt ${BATCH_ROWS_END}`;
    let isFirst = true;
    const pageSize = () => (isFirst ? FIRST_BATCHES : MAX_ROWS);
    const pages = rowPages(this.#client, { filter, select: summaryColumns }, pageSize);
    for await (const page of pages) {
      isFirst = false;
      for (const row of page) yield toSummary(row);
    }
  }
}

/** A write that was refused for its ETag, as the port names it; any other error as it is. */
function asStale(error: unknown, { runId, number }: Batch): unknown {
  if (!isStale(error)) return error;
  return new StaleBatchError(`Batch ${number} of run ${runId} was written by another.`, {
    cause: error,
  });
}

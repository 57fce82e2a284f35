import { type TableClient, type TransactionAction, odata } from '@azure/data-tables';
import pMap from 'p-map';
import { z } from 'zod';
import { BY_ITSELF, acceptedOutcomes } from '../../core/check-in.ts';
import { type DeviceVerdict, StaleDevicesError, type StoredDevice } from '../../use-cases/ports.ts';
import { instant, withoutNulls } from './codecs.ts';
import { DEVICE_ROWS, toVerdictColumns } from './device-entity.ts';
import { MAX_ROWS, rowPages } from './row-pages.ts';
import { isNotFound, isStale } from './tables.ts';
import { inTransactions } from './transactions.ts';

/** Transactions at once; a page of devices needs ten. */
const CONCURRENCY = 4;

const rowSchema = z.object({
  rowKey: z.string(),
  etag: z.string(),
  outcome: z.enum(acceptedOutcomes),
  reason: z.string().optional(),
  acceptedAt: instant,
  checkedInAt: instant.optional(),
});

/** Small, however long names and messages are. */
const columns = ['rowKey', 'outcome', 'reason', 'acceptedAt', 'checkedInAt'];

/** The devices of a run whose command was accepted, a page of rows at a time. */
export async function* listAcceptedDevices(
  client: TableClient,
  runId: string,
): AsyncIterable<readonly StoredDevice[]> {
  const isAccepted = acceptedOutcomes.map((outcome) => odata`outcome eq ${outcome}`).join(' or ');
  const filter =
    odata`PartitionKey eq ${runId} and RowKey ge ${DEVICE_ROWS} and ` + `(${isAccepted})`;
  const pages = rowPages(client, { filter, select: columns }, () => MAX_ROWS);
  for await (const page of pages) yield page.map(toStored);
}

function toStored(row: object): StoredDevice {
  const { rowKey, etag, reason, checkedInAt, ...rest } = rowSchema.parse(withoutNulls(row));
  const id = rowKey.slice(DEVICE_ROWS.length);
  const isByItself = reason === BY_ITSELF;
  const at = checkedInAt === undefined ? {} : { checkedInAt };
  return { device: { id, ...rest, isByItself, ...at }, etag };
}

/**
 * Writes what became of devices, as many in a transaction as there can be.
 *
 * @throws StaleDevicesError when one was written or removed since it was read
 */
export async function saveDeviceVerdicts(
  client: TableClient,
  runId: string,
  verdicts: readonly DeviceVerdict[],
): Promise<void> {
  const entities = verdicts.map(({ deviceId, verdict, etag }) => ({
    ...toVerdictColumns(verdict),
    partitionKey: runId,
    rowKey: `${DEVICE_ROWS}${deviceId}`,
    etag,
  }));
  await pMap(inTransactions(entities), (group) => save(client, runId, group), {
    concurrency: CONCURRENCY,
  });
}

async function save(
  client: TableClient,
  runId: string,
  group: readonly { partitionKey: string; rowKey: string; etag: string }[],
): Promise<void> {
  try {
    await client.submitTransaction(
      group.map(({ etag, ...entity }): TransactionAction => ['update', entity, 'Merge', { etag }]),
    );
  } catch (error) {
    if (!isStale(error) && !isNotFound(error)) throw error;
    throw new StaleDevicesError(`Devices of run ${runId} were written by another.`, {
      cause: error,
    });
  }
}

import { type TableClient, odata } from '@azure/data-tables';
import { z } from 'zod';
import { sendModes } from '../../core/batch.ts';
import { type DeviceReport, deviceOutcomes } from '../../core/device-report.ts';
import { type DeviceFilter, InvalidTokenError, type Page } from '../../use-cases/ports.ts';
import { fromBatchEntity } from './batch-entity.ts';
import { withoutNulls } from './codecs.ts';
import { decodeToken, encodeToken } from './continuation-token.ts';
import { DEVICE_ROWS, toDeviceEntities } from './device-entity.ts';
import { isNotFound } from './tables.ts';

const rowSchema = z.object({
  rowKey: z.string(),
  name: z.string(),
  platform: z.string(),
  outcome: z.enum(deviceOutcomes),
  reason: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  attempts: z.number(),
  sentBy: z.enum(sendModes).optional(),
  requestId: z.string().optional(),
  acceptedAt: z.string().optional(),
  previousCheckInAt: z.string().optional(),
  checkedInAt: z.string().optional(),
  ownership: z.string().optional(),
});

/** Where a page begins: at a row, after so many devices of it (a batch has many). */
const cursorSchema = z.tuple([z.string().regex(/^(batch|device)-[0-9a-f-]+$/), z.int().min(0)]);
type Cursor = z.output<typeof cursorSchema>;

/**
 * A page of what became of the devices of a run. Devices of final batches have rows of their own; of
 * a batch that is still open, they are read from the batch.
 *
 * @throws InvalidTokenError
 */
export async function listDeviceReports(
  client: TableClient,
  runId: string,
  { outcomes, limit, continuationToken }: DeviceFilter,
): Promise<Page<DeviceReport>> {
  const [startRow, startOffset] = cursorOf(continuationToken);
  const filter = filterOf(runId, startRow, outcomes);
  const value: DeviceReport[] = [];
  const rows = client.listEntities({ queryOptions: { filter } }).byPage({ maxPageSize: 1_000 });
  try {
    for await (const page of rows) {
      for (const row of page) {
        const reports = reportsOf(runId, withoutNulls(row));
        const rowKey = row.rowKey ?? '';
        const first = rowKey === startRow ? startOffset : 0;
        for (const [offset, report] of reports.entries()) {
          const isWanted = outcomes === undefined || outcomes.includes(report.outcome);
          if (offset < first || !isWanted) continue;
          if (value.length === limit)
            return { value, continuationToken: encodeToken([rowKey, offset]) };
          value.push(report);
        }
      }
    }
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return { value };
}

function cursorOf(token: string | undefined): Cursor {
  if (token === undefined) return ['batch-', 0];
  const cursor = cursorSchema.safeParse(decodeToken(token));
  if (cursor.success) return cursor.data;
  throw new InvalidTokenError('The continuation token is not one of this list.');
}

/** Rows that can hold a wanted device: open batches, and devices with a wanted outcome. */
function filterOf(runId: string, fromRow: string, outcomes: readonly string[] | undefined): string {
  const devices =
    outcomes === undefined
      ? odata`RowKey ge ${DEVICE_ROWS}`
      : outcomes.map((outcome) => odata`outcome eq ${outcome}`).join(' or ');
  const place = odata`PartitionKey eq ${runId} and RowKey ge ${fromRow}`;
  return `${place} and (status eq 'pending' or ${devices})`;
}

function reportsOf(runId: string, row: Record<string, unknown>): DeviceReport[] {
  const isDevice = typeof row['rowKey'] === 'string' && row['rowKey'].startsWith(DEVICE_ROWS);
  if (isDevice) return [toReport(row)];
  const batch = fromBatchEntity(runId, row);
  return toDeviceEntities(batch).map((entity, index) => {
    const isOpen = batch.progress[index]?.result === undefined;
    return toReport(isOpen ? { ...entity, outcome: 'planned' } : entity);
  });
}

function toReport(row: object): DeviceReport {
  const { rowKey, name, ...report } = rowSchema.parse(row);
  const deviceId = rowKey.slice(DEVICE_ROWS.length);
  return withoutUndefined({ deviceId, deviceName: name, ...report });
}

/** Optional properties are absent or set, as the type of a report says. */
function withoutUndefined(report: object): DeviceReport {
  return Object.fromEntries(
    Object.entries(report).filter(([, value]) => value !== undefined),
  ) as unknown as DeviceReport;
}

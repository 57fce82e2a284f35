import { type TableClient, odata } from '@azure/data-tables';
import { z } from 'zod';
import type { DeviceReport } from '../../core/device-report.ts';
import { type DeviceFilter, InvalidTokenError, type Page } from '../../use-cases/ports.ts';
import { decodeToken, encodeToken } from './continuation-token.ts';
import { DEVICE_ROWS } from './device-entity.ts';
import { toReports } from './device-row.ts';
import { MAX_ROWS, rowPages } from './row-pages.ts';

/** Devices that a stream hands over at once; a few hundred bytes each. */
const DEVICES_AT_ONCE = 1_000;

/** Devices that an open batch is taken to have until one was read; most have more. */
const DEVICES_IN_BATCH = 20;

/** Where a device stands: in a row, after so many devices of it (a batch has many). */
const placeSchema = z.tuple([z.string().regex(/^(batch|device)-[0-9a-f-]+$/), z.int().min(0)]);
type Place = z.output<typeof placeSchema>;

const START: Place = ['batch-', 0];

interface PlacedReport {
  readonly place: Place;
  readonly report: DeviceReport;
}

/** Which devices are read: from a place on, those with some outcomes, and how many at most. */
interface Reading {
  readonly from: Place;
  readonly outcomes: readonly string[] | undefined;
  readonly atMost: number;
}

/**
 * A page of what became of the devices of a run.
 *
 * @throws InvalidTokenError
 */
export async function listDeviceReports(
  client: TableClient,
  runId: string,
  { outcomes, limit, continuationToken }: DeviceFilter,
): Promise<Page<DeviceReport>> {
  const value: DeviceReport[] = [];
  const from = placeOf(continuationToken);
  // One more than there is room for tells whether there is another page.
  const reading = { from, outcomes, atMost: limit + 1 };
  for await (const { place, report } of readReports(client, runId, reading)) {
    if (value.length === limit) return { value, continuationToken: encodeToken(place) };
    value.push(report);
  }
  return { value };
}

/** What became of all devices of a run, or of those with some outcomes: some at a time. */
export async function* eachDeviceReport(
  client: TableClient,
  runId: string,
  outcomes: readonly string[] | undefined,
): AsyncGenerator<readonly DeviceReport[]> {
  let some: DeviceReport[] = [];
  const reading = { from: START, outcomes, atMost: Infinity };
  for await (const { report } of readReports(client, runId, reading)) {
    some.push(report);
    if (some.length < DEVICES_AT_ONCE) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

/**
 * Reads the rows of a run once, in their order: those of open batches, then those of devices. A
 * batch that ends meanwhile gets its devices' rows behind it, so that none is missed.
 */
async function* readReports(
  client: TableClient,
  runId: string,
  { from, outcomes, atMost }: Reading,
): AsyncGenerator<PlacedReport> {
  const [firstRow, firstOffset] = from;
  const filter = filterOf(runId, firstRow, outcomes);
  let found = 0;
  let perRow = firstRow < DEVICE_ROWS ? DEVICES_IN_BATCH : 1;
  const pageSize = () => rowsFor(atMost - found, perRow);
  for await (const rows of rowPages(client, { filter }, pageSize)) {
    const before = found;
    for (const row of rows) {
      const rowKey = row.rowKey ?? '';
      for (const [offset, report] of toReports(runId, row).entries()) {
        const isBefore = rowKey === firstRow && offset < firstOffset;
        if (isBefore || !(outcomes?.includes(report.outcome) ?? true)) continue;
        found++;
        yield { place: [rowKey, offset], report };
      }
    }
    perRow = (found - before) / rows.length;
  }
}

/** How many rows to ask for, judging by how many wanted devices the rows before had each. */
function rowsFor(devices: number, perRow: number): number {
  return perRow > 0 ? Math.min(MAX_ROWS, Math.max(1, Math.ceil(devices / perRow))) : MAX_ROWS;
}

function placeOf(token: string | undefined): Place {
  if (token === undefined) return START;
  const place = placeSchema.safeParse(decodeToken(token));
  if (place.success) return place.data;
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

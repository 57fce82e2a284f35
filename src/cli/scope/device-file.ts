import { UsageError } from '../errors.ts';
import type { CsvRecord } from './csv.ts';
import { type DeviceField, findDeviceColumn, hasEntraId } from './device-columns.ts';
import { isDeviceId, noDeviceId } from './device-id.ts';
import { recordsOfFile } from './records-of-file.ts';

/** The devices that a list names, as a part of a scope. */
export interface DeviceList {
  field: DeviceField;
  /** Without duplicates, in the order of the list. */
  values: string[];
}

/** The API takes no more ids in one scope. */
const MAX_DEVICES = 10_000;

/**
 * Reads a list of devices: CSV with a header that names a column of ids, serial numbers or names
 * (delimiter comma, semicolon or tab), or one id or name per line.
 *
 * @param file its name, for messages
 * @throws UsageError that names the file, the line and the remedy
 */
export function parseDeviceFile(file: string, text: string): DeviceList {
  const records = recordsOfFile(file, text);
  const list = readWithHeader(file, records) ?? readLines(file, records);
  if (list.values.length <= MAX_DEVICES) return list;
  throw new UsageError(
    `${file} names ${list.values.length} devices; one run takes ${MAX_DEVICES} at most. Split the file.`,
  );
}

/** `undefined` when the first record is no header. */
function readWithHeader(file: string, records: readonly CsvRecord[]): DeviceList | undefined {
  const [header, ...rows] = records;
  const column = findDeviceColumn(header?.cells ?? []);
  if (column === undefined) return undefined;
  if (rows.length === 0) throw new UsageError(`${file} names no device: it has only a header.`);
  const { field, index } = column;
  const name = header?.cells[index] ?? '';
  const cells = rows.map(({ line, cells }) => ({ line, value: cells[index] ?? '' }));
  for (const { line, value } of cells) {
    if (value === '') throw new UsageError(`${file}, line ${line}: the column ${name} is empty.`);
  }
  return listOf(file, field, cells);
}

function readLines(file: string, records: readonly CsvRecord[]): DeviceList {
  const header = records[0]?.cells ?? [];
  const wide = records.find(({ cells }) => cells.length > 1);
  if (hasEntraId(header)) throw noColumn(file, 1, 'the id of Entra ID is not that of Intune');
  if (wide !== undefined) throw noColumn(file, wide.line, 'no column is known to name the devices');
  const cells = records.map(({ line, cells: [value = ''] }) => ({ line, value }));
  const field = isDeviceId(cells[0]?.value ?? '') ? 'deviceIds' : 'deviceNames';
  const stray = cells.find(({ value }) => isDeviceId(value));
  if (field === 'deviceNames' && stray !== undefined) {
    // Every field of a scope has to match: ids and names together would select next to nothing.
    throw new UsageError(
      `${file}, line ${stray.line}: this is an id, but the list begins with a name. Use ids or names, not both.`,
    );
  }
  return listOf(file, field, cells);
}

function listOf(
  file: string,
  field: DeviceField,
  cells: readonly { line: number; value: string }[],
): DeviceList {
  for (const { line, value } of cells) checkValue(`${file}, line ${line}`, field, value);
  const distinct = new Map(cells.map(({ value }) => [value.toLowerCase(), value]));
  return { field, values: [...distinct.values()] };
}

function checkValue(place: string, field: DeviceField, value: string): void {
  if (field === 'deviceIds' && !isDeviceId(value)) throw noDeviceId(place, value);
  if (field === 'deviceNames' && value.includes('*')) {
    // One stray asterisk in a long list must not become the whole fleet.
    throw new UsageError(
      `${place}: "${value}" is a pattern, not a device. Use --device-name for patterns.`,
    );
  }
}

function noColumn(file: string, line: number, what: string): UsageError {
  return new UsageError(
    `${file}, line ${line}: ${what}. Give the first line a column "Device ID", "Serial number" or "Device name".`,
  );
}

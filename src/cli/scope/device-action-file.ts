import type { DeviceAction } from '../api/start-body.ts';
import { UsageError } from '../errors.ts';
import type { CsvRecord } from './csv.ts';
import { findActionColumn, findDeviceColumn, hasEntraId } from './device-columns.ts';
import { isDeviceId, noDeviceId } from './device-id.ts';
import { recordsOfFile } from './records-of-file.ts';

/** The API takes no more choices in one run. */
const MAX_CHOICES = 5_000;

const COLUMNS = 'Give the first line the columns "Device ID" and "Action".';

/** Where the columns are, from 0. */
interface Columns {
  readonly id: number;
  readonly action: number;
}

/**
 * Reads what is done to each device of a list: CSV with a header that names the columns of ids and of
 * actions, and any others (delimiter comma, semicolon or tab).
 *
 * @param file its name, for messages
 * @param actions what can be done, of which each row has one, in any letter case
 * @throws UsageError that names the file, the line and the remedy
 */
export function parseDeviceActions(
  file: string,
  text: string,
  actions: readonly string[],
): DeviceAction[] {
  const [header, ...rows] = recordsOfFile(file, text);
  const columns = columnsOf(`${file}, line ${header.line}`, header.cells);
  if (rows.length === 0) throw new UsageError(`${file} names no device: it has only a header.`);
  const lines = new Map<string, number>();
  const choices = rows.map((row) => {
    const choice = choiceOf(`${file}, line ${row.line}`, row, columns, actions);
    const before = lines.get(choice.deviceId);
    if (before !== undefined) {
      throw new UsageError(
        `${file}, line ${row.line}: line ${before} has this device already. Leave one of them out.`,
      );
    }
    lines.set(choice.deviceId, row.line);
    return choice;
  });
  if (choices.length <= MAX_CHOICES) return choices;
  throw new UsageError(
    `${file} names ${choices.length} devices; one run takes ${MAX_CHOICES} at most. Split the file.`,
  );
}

function columnsOf(place: string, header: readonly string[]): Columns {
  const device = findDeviceColumn(header);
  if (device?.field !== 'deviceIds') {
    const why = hasEntraId(header)
      ? 'the id of Entra ID is not that of Intune'
      : 'no column is known to have the ids of the devices';
    throw new UsageError(`${place}: ${why}. ${COLUMNS}`);
  }
  const action = findActionColumn(header);
  if (action < 0) throw new UsageError(`${place}: no column says what is done. ${COLUMNS}`);
  return { id: device.index, action };
}

function choiceOf(
  place: string,
  { cells }: CsvRecord,
  columns: Columns,
  actions: readonly string[],
): DeviceAction {
  const { [columns.id]: id = '', [columns.action]: name = '' } = cells;
  if (!isDeviceId(id)) throw noDeviceId(place, id);
  const action = actions.find((each) => each.toLowerCase() === name.toLowerCase());
  if (action !== undefined) return { deviceId: id.toLowerCase(), action };
  throw new UsageError(`${place}: "${name}" is no action. Use one of ${actions.join(', ')}.`);
}

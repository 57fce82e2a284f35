import { UsageError } from '../errors.ts';
import { type CsvRecord, delimiterOf, parseCsv } from './csv.ts';

/**
 * The records of a list of devices, one at least. The delimiter is the one that its first line has
 * most of.
 *
 * @param file its name, for messages
 * @throws UsageError when it is empty
 */
export function recordsOfFile(file: string, text: string): [CsvRecord, ...CsvRecord[]] {
  // A byte order mark is no part of the first column's name.
  const content = text.replace(/^\uFEFF/, '');
  const firstLine = content.split(/\r?\n|\r/).find((line) => line.trim() !== '') ?? '';
  const [first, ...others] = parseCsv(content, delimiterOf(firstLine));
  if (first === undefined) throw new UsageError(`${file} names no device: it is empty.`);
  return [first, ...others];
}

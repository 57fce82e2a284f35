import { Readable } from 'node:stream';

const END_OF_LINE = '\r\n';

/** A row of a table: a cell for each of its columns, empty where there is nothing. */
export type Row<Column extends string> = Readonly<Partial<Record<Column, string | number>>>;

/**
 * A table as CSV (RFC 4180), written page by page as it is read.
 *
 * @param columns the names of the columns, and of the properties that they show
 */
export function csvStream<Column extends string>(
  columns: readonly Column[],
  pages: Iterable<readonly Row<Column>[]> | AsyncIterable<readonly Row<Column>[]>,
): Readable {
  return Readable.from(lines(columns, pages));
}

async function* lines<Column extends string>(
  columns: readonly Column[],
  pages: Iterable<readonly Row<Column>[]> | AsyncIterable<readonly Row<Column>[]>,
): AsyncIterable<string> {
  yield columns.join(',') + END_OF_LINE;
  for await (const page of pages) {
    const text = page.map((row) => columns.map((name) => cell(row[name])).join(','));
    if (text.length > 0) yield text.join(END_OF_LINE) + END_OF_LINE;
  }
}

/**
 * One cell. A text that a spreadsheet would take for a formula gets an apostrophe in front: a device
 * name is chosen by whoever has the device (owasp.org/www-community/attacks/CSV_Injection).
 */
export function cell(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value ?? '') ? `'${value ?? ''}` : (value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import { resolveProperty } from '../odata/parse-select.ts';

/** A column of a report. */
export interface ReportColumn<Row> {
  /** What the report calls the kind of its values. */
  type: 'String' | 'Int32' | 'DateTime';
  read: (row: Row) => string | number;
  /** What a number means, for a column of texts that comes along, as `Platform_loc` with `Platform`. */
  text?: (row: Row) => string;
}

/** A report on rows of one kind. */
export interface Report<Row> {
  /** Its name for exports, in messages. */
  name: string;
  /** All that can be selected, filtered and ordered by. */
  columns: ReadonlyMap<string, ReportColumn<Row>>;
}

/**
 * A column by its name, without regard to case.
 *
 * @throws BadRequest when the report has none of this name
 */
export function columnNamed<Row>(report: Report<Row>, name: string): ReportColumn<Row> {
  const column = report.columns.get(resolveProperty(name, report.columns, report.name));
  if (column === undefined) throw new RangeError(`${report.name} has no column ${name}.`);
  return column;
}

import { compareText } from '../fleet/name-order.ts';
import type { GraphResponse } from '../graph/messages.ts';
import { compileOrder } from './compile-order.ts';
import { compileReportFilter } from './compile-report-filter.ts';
import type { ReportQuery } from './report-query.ts';
import { columnNamed, type Report, type ReportColumn } from './report.ts';

type WrittenColumn<Row> = Pick<ReportColumn<Row>, 'type' | 'read'> & { name: string };

/**
 * The page of a report that is asked for: values by position, under a schema whose order is not
 * that of `select`. It comes as a stream of bytes, as from Graph.
 *
 * @param rows all that pass the filter, in any order, and perhaps others
 * @throws BadRequest for what the filter or the order ask and the report does not have
 */
export function answerReport<Row>(
  report: Report<Row>,
  query: ReportQuery,
  rows: readonly Row[],
): GraphResponse {
  const { filter, skip, top } = query;
  const matches = filter === undefined ? () => true : compileReportFilter(filter, report);
  const found = rows.filter(matches).toSorted(compileOrder(query.orderBy, report));
  const columns = [...new Set(query.select)]
    .flatMap((name) => writtenColumns(name, columnNamed(report, name)))
    .toSorted((a, b) => compareText(a.name, b.name));
  return {
    status: 200,
    headers: {},
    contentType: 'application/octet-stream',
    body: {
      TotalRowCount: found.length,
      Schema: columns.map(({ name, type }) => ({ Column: name, PropertyType: type })),
      Values: found.slice(skip, skip + top).map((row) => columns.map(({ read }) => read(row))),
      SessionId: '',
    },
  };
}

function writtenColumns<Row>(
  name: string,
  { type, read, text }: ReportColumn<Row>,
): WrittenColumn<Row>[] {
  const column: WrittenColumn<Row> = { name, type, read };
  return text === undefined
    ? [column]
    : [column, { name: `${name}_loc`, type: 'String', read: text }];
}

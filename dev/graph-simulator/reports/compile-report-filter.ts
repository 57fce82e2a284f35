import { BadRequest } from '../graph/bad-request.ts';
import type { Comparison, Filter } from '../odata/parse-filter.ts';
import { compareValues } from './compare-values.ts';
import { columnNamed, type Report } from './report.ts';

/** By operator: what it says to a negative number for less, 0 for equal, a positive one for more. */
const operators: ReadonlyMap<string, (order: number) => boolean> = new Map([
  ['eq', (order: number) => order === 0],
  ['ne', (order: number) => order !== 0],
  ['gt', (order: number) => order > 0],
  ['ge', (order: number) => order >= 0],
  ['lt', (order: number) => order < 0],
  ['le', (order: number) => order <= 0],
]);

/**
 * Turns a filter into a function that says whether a row passes.
 *
 * @throws BadRequest for an unknown column or operator, and for a value that is not quoted: in a
 *   report numbers are, too
 */
export function compileReportFilter<Row>(
  filter: Filter,
  report: Report<Row>,
): (row: Row) => boolean {
  if (filter.kind === 'comparison') return compileComparison(filter, report);
  const terms = filter.terms.map((term) => compileReportFilter(term, report));
  return filter.kind === 'and'
    ? (row) => terms.every((term) => term(row))
    : (row) => terms.some((term) => term(row));
}

function compileComparison<Row>(
  comparison: Comparison,
  report: Report<Row>,
): (row: Row) => boolean {
  const { type, read } = columnNamed(report, comparison.property);
  const holds = operators.get(comparison.operator);
  if (holds === undefined) {
    const known = [...operators.keys()].join(', ');
    throw new BadRequest(`'${comparison.operator}' is not supported in a report, only ${known}.`);
  }
  const value = type === 'Int32' ? numberOf(comparison) : textOf(comparison);
  return (row) => holds(compareValues(read(row), value));
}

function textOf({ property, value }: Comparison): string {
  if (value.type === 'string') return value.value;
  throw new BadRequest(`Incompatible types: the value of '${property}' has to be quoted.`);
}

function numberOf(comparison: Comparison): number {
  const text = textOf(comparison);
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new BadRequest(
    `Incompatible types: '${comparison.property}' needs a whole number, not '${text}'.`,
  );
}

import { BadRequest } from '../graph/bad-request.ts';
import { compareValues } from './compare-values.ts';
import { columnNamed, type Report } from './report.ts';

/**
 * Turns `orderBy` into a function that compares two rows; the first column in which they differ
 * decides.
 *
 * @throws BadRequest for an unknown column, or a direction other than `asc` and `desc`
 */
export function compileOrder<Row>(
  orderBy: readonly string[],
  report: Report<Row>,
): (a: Row, b: Row) => number {
  const orders = orderBy.map((text) => {
    const [, name = '', direction] = /^(\w+)(?: +(asc|desc))?$/.exec(text.trim()) ?? [];
    if (name === '') throw new BadRequest(`'${text}' is not a column, or one with asc or desc.`);
    const { read } = columnNamed(report, name);
    const sign = direction === 'desc' ? -1 : 1;
    return (a: Row, b: Row) => sign * compareValues(read(a), read(b));
  });
  return (a, b) => orders.reduce((decided, order) => decided || order(a, b), 0);
}

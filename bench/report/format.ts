import { type Bar, isMet } from '../bar.ts';

/** A value as it stands in a table: numbers with three significant digits, or all of an integer's. */
export function formatValue(value: string | number): string {
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return '-';
  if (Number.isInteger(value) || Math.abs(value) >= 100)
    return Math.round(value).toLocaleString('en');
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

/** The columns of a bar: what, how much, the bound, and whether it holds. */
export function barCells(bar: Bar): [string, string, string, string] {
  const { name, value, bound, isAtMost, unit } = bar;
  return [
    name,
    formatPrecise(value, unit),
    `${isAtMost ? 'at most' : 'at least'} ${formatPrecise(bound, unit)}`,
    isMet(bar) ? 'holds' : 'MISSED',
  ];
}

/** A digit more than in a table, so that a value just beside its bound does not look like it. */
function formatPrecise(value: number, unit: string): string {
  if (!Number.isFinite(value)) return 'not measured';
  return `${value.toLocaleString('en', { maximumFractionDigits: 3 })} ${unit}`.trimEnd();
}

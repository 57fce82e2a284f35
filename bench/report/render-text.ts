import { renderColumns } from '../../dev/command-line/render-columns.ts';
import type { Bar } from '../bar.ts';
import type { SuiteReport } from './bench-report.ts';
import { barCells, formatValue } from './format.ts';

/** A suite's table for a terminal. */
export function renderTable({ rows, error }: Pick<SuiteReport, 'rows' | 'error'>): string {
  if (error !== undefined) return `  FAILED: ${error}`;
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => columns.map((column) => formatValue(row[column] ?? '')));
  const numbers = columns.flatMap((name, at) => (typeof rows[0]?.[name] === 'number' ? [at] : []));
  return renderColumns([columns, ...cells], numbers);
}

/** Every bar with its value, its bound, and whether it holds. */
export function renderBars(bars: readonly Bar[]): string {
  return renderColumns(bars.map(barCells), [1]);
}

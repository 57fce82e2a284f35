import { plainText } from './plain-text.ts';

/**
 * Rows of cells as aligned columns, two spaces between them, each line indented by two.
 *
 * @param alignRight the columns (from 0) whose cells end on one line: numbers.
 */
export function renderColumns(
  rows: readonly (readonly string[])[],
  alignRight: readonly number[] = [],
): string {
  const cells = rows.map((row) => row.map(plainText));
  const widths: number[] = [];
  for (const row of cells) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  const pad = (cell: string, column: number) => {
    const width = widths[column] ?? 0;
    return alignRight.includes(column) ? cell.padStart(width) : cell.padEnd(width);
  };
  return cells.map((row) => `  ${row.map(pad).join('  ')}`.trimEnd()).join('\n');
}

/**
 * Sets rows of cells as aligned columns, two spaces between them, each line indented by two.
 *
 * @param alignRight the columns (from 0) whose cells end, rather than begin, on one line: numbers.
 */
export function renderColumns(
  rows: readonly (readonly string[])[],
  alignRight: readonly number[] = [],
): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const width = widths[column] ?? 0;
        return alignRight.includes(column) ? cell.padStart(width) : cell.padEnd(width);
      });
      return `  ${cells.join('  ')}`.trimEnd();
    })
    .join('\n');
}

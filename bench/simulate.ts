import { mkdir, writeFile } from 'node:fs/promises';
import { isMet } from './bar.ts';
import { runScaleSimulation } from './simulation/index.ts';
import { plotsOf } from './simulation/plots.ts';
import { formatBar, formatRow, head } from './simulation/report.ts';

/**
 * Simulates runs of fleets up to a million devices and prints what they come to and whether the bars
 * hold; writes the figures and the plots to `docs/performance`. Usage: `npm run bench:scale`, or
 * `npm run bench:scale -- --quick` without the largest fleets, which writes nothing.
 */
const FOLDER = new URL('../docs/performance/', import.meta.url);
const isQuick = process.argv.includes('--quick');

console.log(head);
const result = await runScaleSimulation({
  isQuick,
  onRow: (row) => console.log(formatRow(row)),
});
console.log();
for (const bar of result.bars) console.log(formatBar(bar));
if (!isQuick) {
  const { rows, bars, sharedTenant } = result;
  await mkdir(FOLDER, { recursive: true });
  const figures = `${JSON.stringify({ rows, bars }, undefined, 2)}\n`;
  await writeFile(new URL('scale.json', FOLDER), figures);
  for (const [name, svg] of Object.entries(plotsOf(rows, sharedTenant))) {
    await writeFile(new URL(name, FOLDER), svg);
  }
}
if (!result.bars.every(isMet)) process.exitCode = 1;

import type { Bar } from '../bar.ts';
import type { BenchReport, SuiteReport } from './bench-report.ts';
import { barCells, formatValue } from './format.ts';

/** Blocks that are about the whole benchmark; every other block is named for a suite. */
const wholeBlocks: Readonly<Record<string, (report: BenchReport) => string>> = {
  machine: renderMachine,
  bars: ({ suites }) => renderBars(suites.flatMap(({ bars }) => bars)),
};

const blockPattern = /<!-- bench:([a-z-]+) -->\n[\s\S]*?<!-- \/bench -->/g;

/**
 * Puts the figures of a benchmark into a document, each between `<!-- bench:NAME -->` and
 * `<!-- /bench -->`; what stands there is replaced. A suite that was not measured is said to be so.
 *
 * @throws Error for a measured suite that the document has no place for
 */
export function renderIntoMarkdown(document: string, report: BenchReport): string {
  const places = [...document.matchAll(blockPattern)].map(([, name]) => name);
  const homeless = report.suites.find(({ name }) => !places.includes(name));
  if (homeless !== undefined) {
    throw new Error(
      `The document has no place for the suite ${homeless.name}; ` +
        `add <!-- bench:${homeless.name} --> and <!-- /bench -->.`,
    );
  }
  return document.replace(
    blockPattern,
    (_, name: string) => `<!-- bench:${name} -->\n${renderBlock(name, report)}\n<!-- /bench -->`,
  );
}

function renderBlock(name: string, report: BenchReport): string {
  const whole = wholeBlocks[name];
  if (whole !== undefined) return whole(report);
  const suite = report.suites.find((one) => one.name === name);
  return suite === undefined ? '*Not measured.*' : renderSuite(suite);
}

function renderSuite({ summary, rows, error, seconds }: SuiteReport): string {
  if (error !== undefined) return `${summary}\n\n*Failed: ${error}*`;
  const columns = Object.keys(rows[0] ?? {});
  const isNumber = columns.map((column) => typeof rows[0]?.[column] === 'number');
  const body = rows.map((row) => columns.map((column) => formatValue(row[column] ?? '')));
  const took = `Took ${seconds.toFixed(0)} s.`;
  return `${summary} ${took}\n\n${renderTable(columns, body, isNumber)}`;
}

function renderBars(bars: readonly Bar[]): string {
  return renderTable(['bar', 'value', 'bound', ''], bars.map(barCells), [
    false,
    true,
    false,
    false,
  ]);
}

function renderTable(
  columns: readonly string[],
  body: readonly (readonly string[])[],
  alignRight: readonly boolean[],
): string {
  const rule = alignRight.map((isRight) => (isRight ? '---:' : '---'));
  return [columns, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function renderMachine({ startedAt, mode, machine }: BenchReport): string {
  const { processor, cores, memoryGigabytes, node, system, loadPerCore } = machine;
  return (
    `Measured on ${startedAt.slice(0, 10)} (\`${mode}\`): ${cores} cores (${processor}), ` +
    `${memoryGigabytes} GB, ${system}, Node ${node}, load per core before the start ${loadPerCore}.`
  );
}

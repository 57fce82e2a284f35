import { type Bar, isMet } from '../bar.ts';
import type { ScaleRow } from './scale-row.ts';
import { storageOperations } from './world/usage.ts';

/** A column: its head, and how a row is written in it. */
type Column = readonly [head: string, cell: (row: ScaleRow) => string];

const perThousand = (value: number, { devices }: ScaleRow) => (value / devices) * 1_000;

const columns: readonly Column[] = [
  ['scenario', ({ scenario }) => scenario],
  ['mode', ({ mode }) => mode],
  ['devices', ({ devices }) => devices.toLocaleString('en')],
  ['inst.', ({ instances }) => String(instances)],
  ['duration', ({ durationSeconds }) => duration(durationSeconds)],
  ['of limit', (row) => `${((row.durationSeconds / row.limitSeconds) * 100).toFixed(0)} %`],
  ['quota min', ({ minQuotaShare }) => percent(minQuotaShare)],
  ['mean', ({ meanQuotaShare }) => percent(meanQuotaShare)],
  ['429', ({ throttled }) => String(throttled)],
  ['put back', ({ putBacks }) => String(putBacks)],
  ['ops/1k', (row) => perThousand(storageOperations(row.usage), row).toFixed(0)],
  ['polls/1k', (row) => perThousand(row.usage.emptyPolls, row).toFixed(0)],
  ['fn s/1k', (row) => perThousand(row.usage.billedSeconds, row).toFixed(1)],
  ['monitor ops', ({ monitorOperations }) => monitorOperations.toFixed(1)],
  ['rows', ({ monitorRows }) => monitorRows.toFixed(0)],
  ['cost', ({ cost }) => `$${cost.total.toFixed(4)}`],
];

const widths = [11, 10, 10, 6, 10, 9, 10, 8, 6, 9, 8, 9, 9, 12, 6, 10];

/** One line: a head for the rows that follow. */
export const head = line(columns.map(([name]) => name));

/** One line for a row. */
export function formatRow(row: ScaleRow): string {
  return line(columns.map(([, cell]) => cell(row)));
}

/** One line for a bar. */
export function formatBar(bar: Bar): string {
  const { name, value, bound, isAtMost, unit } = bar;
  const figure = `${format(value)}${unit === '' ? '' : ` ${unit}`}`;
  const sign = isAtMost ? '<=' : '>=';
  return `${isMet(bar) ? 'met   ' : 'MISSED'}  ${figure.padStart(11)}  ${sign} ${format(bound).padEnd(6)}  ${name}`;
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, place) =>
      place < 2 ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0),
    )
    .join('');
}

function format(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(1)} %` : '-';
}

/** `45 s`, `17.1 min`, `28.4 h`. */
function duration(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(0)} s`;
  return seconds < 7_200 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

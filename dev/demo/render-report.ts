import { renderColumns } from '../command-line/render-columns.ts';
import { compareMetrics } from './compare-metrics.ts';
import { accountedDevices } from './find-problems.ts';
import type { GraphCounts } from './graph-counts.ts';
import type { MetricValues } from './received-metrics.ts';
import type { Run } from './run.ts';

/** Everything a demo knows at its end; also the content of its JSON file. */
export interface DemoResult {
  /** As the API returned it. */
  run: Run;
  /** As the ingestion endpoint received them. */
  metrics: MetricValues;
  graph: GraphCounts;
  /** The whole demo, from the first start to the last stop, in seconds. */
  elapsedSeconds: number;
}

/** The report of a run: its devices, its metrics as received, and what Graph saw of it. */
export function renderReport({ run, metrics, graph }: DemoResult): string {
  return [
    'The run',
    renderRun(run),
    'Its devices',
    renderDevices(run),
    renderLedger(run),
    'Its metrics, as Application Insights received them',
    renderMetrics(run, metrics),
    'What Microsoft Graph saw',
    renderGraph(graph),
  ].join('\n\n');
}

function renderRun(run: Run): string {
  return renderColumns([
    ['id', run.id],
    ['status', run.status],
    ['mode', run.mode],
    ...(run.problem ? [['problem', `${run.problem.title}: ${run.problem.detail}`]] : []),
    ['duration', `${((run.durationMinutes ?? 0) * 60).toFixed(1)} s`],
    ['batches', `${run.batchesProcessed} of ${run.batchCount}`],
    ['throttled', `${run.throttledCount} calls`],
  ]);
}

function renderDevices(run: Run): string {
  const { totals } = run;
  const row = (name: string, count: number, details = '') => [name, String(count), details];
  return renderColumns(
    [
      row('total', totals.totalDevices),
      row('success', totals.success, 'accepted by Graph'),
      row('error', totals.error, renderCounts(run.errorsByCode)),
      row('skipped', totals.skipped, renderCounts(run.skippedByReason)),
      row('cancelled', totals.cancelled),
      row('unknown', totals.unknown),
    ],
    [1],
  );
}

/** For example `notFound 3, failed 1`, the most frequent first. */
function renderCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function renderLedger(run: Run): string {
  const { success, error, skipped, cancelled, unknown, totalDevices } = run.totals;
  const sum = [success, error, skipped, cancelled, unknown].join(' + ');
  const isEqual = accountedDevices(run) === totalDevices;
  return `  ${sum} = ${accountedDevices(run)}: ${isEqual ? 'the ledger adds up' : `not ${totalDevices}!`}`;
}

function renderMetrics(run: Run, metrics: MetricValues): string {
  const rows = compareMetrics(run, metrics).map(({ name, received, expected, isEqual }) => [
    name,
    received === undefined ? '-' : renderNumber(received),
    renderNumber(expected),
    received === undefined ? 'not received' : isEqual ? 'equal' : 'different!',
  ]);
  return renderColumns([['metric', 'received', 'run', ''], ...rows], [1, 2]);
}

/** Whole numbers as they are, others with two decimals. */
function renderNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

function renderGraph(graph: GraphCounts): string {
  const row = (name: string, count: number, details = '') => [name, String(count), details];
  return renderColumns(
    [
      row('list requests', graph.listRequests),
      row('writes', graph.writes, `at most ${graph.maxWritesPer20s} in 20 s; Graph allows 200`),
      row('throttled', graph.throttled),
      row('devices synced', graph.devicesSynced),
      row('duplicate syncs', graph.duplicateSyncs),
    ],
    [1],
  );
}

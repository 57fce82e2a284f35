import type { Run, RunPage } from '../api/run-document.ts';
import { renderColumns } from './columns.ts';
import { renderCount } from './numbers.ts';
import { renderInstant } from './time.ts';

const header = ['run', 'created', 'trigger', 'status', 'devices', 'success', 'error', 'reason'];

/** Runs as a table, and how to see older ones. */
export function renderRunList({ value, continuationToken }: RunPage): string {
  if (value.length === 0) return 'There is no such run.';
  const table = renderColumns([header, ...value.map(rowOf)], [4, 5, 6]);
  if (!continuationToken) return table;
  return `${table}\n\nOlder ones: the same command with --continuation-token ${continuationToken}`;
}

function rowOf(run: Run): string[] {
  const { totalDevices, success, error } = run.totals;
  return [
    run.id,
    renderInstant(run.createdAt),
    run.trigger ?? '-',
    run.status,
    ...[totalDevices, success, error].map(renderCount),
    run.reason ?? '',
  ];
}

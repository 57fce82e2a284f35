import type { Run } from '../api/run-document.ts';
import { renderColumns } from './columns.ts';
import { renderCount } from './numbers.ts';

/** More rows would bury the rest of the report; `--json` has them all. */
const MAX_ROWS = 10;

const header = ['app', 'platform', 'error', 'this sync', 'devices'];

/** Which failed app installs the sync offers to the devices again, and which it cannot. */
export function renderAppInstalls({ appInstalls }: Run): string[] {
  if (!appInstalls) return [];
  const { failed, retried, notRetried, unknown, problem } = appInstalls;
  const rows = failed
    .slice(0, MAX_ROWS)
    .map(({ app, platform, hex, retryable, devices }) => [
      app,
      platform ?? '-',
      hex ?? '-',
      renderEffect(retryable),
      renderCount(devices),
    ]);
  const rest = failed.length - rows.length;
  return [
    [
      'App installs that had failed',
      ...(rows.length > 0 ? [renderColumns([header, ...rows], [4])] : []),
      ...(rest > 0 ? [`  and ${renderCount(rest)} more (--json)`] : []),
      `  ${renderCount(retried)} retried, ${renderCount(notRetried)} not before seven days, ` +
        `${renderCount(unknown)} unknown`,
      ...(problem ? [`  ${problem.title}. ${problem.detail}`] : []),
      ...(rows.length > 0 ? ['  What an error means: fleet-sync explain CODE'] : []),
    ].join('\n'),
  ];
}

function renderEffect(retryable: boolean | null | undefined): string {
  if (typeof retryable !== 'boolean') return 'not known';
  return retryable ? 'retries it' : 'cannot';
}

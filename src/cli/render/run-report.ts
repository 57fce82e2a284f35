import { type Run, isEnded } from '../api/run-document.ts';
import { renderAppInstalls } from './app-installs.ts';
import { renderColumns } from './columns.ts';
import { renderCount, renderCounts } from './numbers.ts';
import { renderInstant, renderSeconds } from './time.ts';
import { renderVerification } from './verification.ts';

/** The report of a run: what it was, its devices, who checked in, and what can be done next. */
export function renderRunReport(run: Run): string {
  return [
    renderFacts(run),
    renderDevices(run),
    renderLedger(run),
    ...renderVerification(run),
    ...renderAppInstalls(run),
    ...renderNextSteps(run),
  ].join('\n\n');
}

function renderFacts(run: Run): string {
  const by = run.requestedBy ? ` (${run.requestedBy})` : '';
  const batches = `${run.batchesProcessed ?? 0} of ${run.batchCount ?? 0}`;
  return renderColumns([
    ['run', run.id],
    ['status', run.status],
    ...(run.problem ? [['problem', `${run.problem.title}. ${run.problem.detail}`]] : []),
    ...(run.note ? [['note', `${run.note.title}. ${run.note.detail}`]] : []),
    ...(run.action ? [['action', renderAction(run)]] : []),
    ['trigger', `${run.trigger ?? '-'}${by}`],
    ...(run.reason ? [['reason', run.reason]] : []),
    ['scope', renderScope(run.scope)],
    ['created', renderInstant(run.createdAt)],
    ['duration', renderSeconds((run.durationMinutes ?? 0) * 60)],
    ['batches', batches],
    ['throttled', `${renderCount(run.throttledCount ?? 0)} calls`],
  ]);
}

function renderAction({ action, parameters }: Run): string {
  const chosen = Object.values(parameters ?? {}).map((value) =>
    typeof value === 'string' ? value : renderCounts(value),
  );
  return [action, ...chosen].join(' ');
}

/** A scope can list 10,000 devices; its beginning says what it is about. */
function renderScope(scope: unknown): string {
  const text = JSON.stringify(scope ?? {});
  if (text === '{}') return 'the whole fleet';
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function renderDevices({ totals, errorsByCode, skippedByReason }: Run): string {
  const row = (name: string, count: number, details = '') => [name, renderCount(count), details];
  return renderColumns(
    [
      row('total', totals.totalDevices),
      row('success', totals.success, 'accepted'),
      row('error', totals.error, renderCounts(errorsByCode)),
      row('skipped', totals.skipped, renderCounts(skippedByReason)),
      row('cancelled', totals.cancelled),
      row('unknown', totals.unknown),
      ...(totals.pending > 0 ? [row('pending', totals.pending)] : []),
    ],
    [1],
  );
}

function renderLedger({ totals }: Run): string {
  const { success, error, skipped, cancelled, unknown, pending, totalDevices } = totals;
  const parts = [success, error, skipped, cancelled, unknown, ...(pending > 0 ? [pending] : [])];
  const sum = parts.reduce((a, b) => a + b, 0);
  const verdict = sum === totalDevices ? 'the ledger adds up' : `not ${renderCount(totalDevices)}!`;
  return `  ${parts.map(renderCount).join(' + ')} = ${renderCount(sum)}: ${verdict}`;
}

function renderNextSteps({ id, status, totals, verification }: Run): string[] {
  const { error, cancelled, unknown } = totals;
  const silent = verification?.findLast(({ at }) => Boolean(at))?.silent ?? 0;
  if (!isEnded({ status }) || status === 'planned' || error + cancelled + unknown + silent === 0)
    return [];
  return [
    `Which devices:  fleet-sync report ${id} --csv devices.csv\n` +
      `Try them again: fleet-sync retry ${id}`,
  ];
}

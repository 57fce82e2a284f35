import { type Plan, type Run, plannedDevices } from '../api/run-document.ts';
import { renderColumns } from './columns.ts';
import { renderCount, sortedCounts } from './numbers.ts';
import { renderRunReport } from './run-report.ts';
import { renderInstant, renderSeconds } from './time.ts';

/** A plan can be run for this long (the API's rule), ms. */
const PLAN_LIFETIME_MS = 60 * 60_000;
const SHOWN_NAMES = 3;

/**
 * What a dry run found. One that could not be planned is shown as any run that failed.
 *
 * @param command how exactly this plan is run
 */
export function renderPlan(run: Run, command: string): string {
  if (run.status !== 'planned') return renderRunReport(run);
  const until = renderInstant(expiryOf(run));
  return `${renderPlanContents(run)}\n\nRun exactly this plan, until ${until}:\n  ${command}`;
}

/** The plan alone: its devices, what is left out, and what syncing them takes. */
export function renderPlanContents(run: Run): string {
  const { plan, totals } = run;
  const facts = renderColumns([
    ['plan', run.id],
    ['devices to sync', renderCount(plannedDevices(run))],
    ['skipped', renderCount(totals.skipped)],
    ...(plan
      ? [
          ['calls', renderCount(plan.calls)],
          ['estimated time', renderSeconds(plan.estimatedSeconds)],
        ]
      : []),
  ]);
  return [
    `Nothing was sent. This is what a run would do:\n${facts}`,
    ...(run.note ? [`${run.note.title}. ${run.note.detail}`] : []),
    ...(plan ? renderGroup('By platform', plan.byPlatform, plan.sample?.byPlatform) : []),
    ...(plan ? renderGroup('Skipped, by reason', plan.byReason, plan.sample?.byReason) : []),
  ].join('\n\n');
}

type Sample = NonNullable<Plan['sample']>['byPlatform'];

/** Each name with its count and the first of its devices. */
function renderGroup(
  title: string,
  counts: Readonly<Record<string, number>>,
  sample: Sample = {},
): string[] {
  const rows = sortedCounts(counts).map(([name, count]) => {
    const names = (sample[name] ?? [])
      .slice(0, SHOWN_NAMES)
      .map(({ deviceName, deviceId }) => deviceName || deviceId);
    const more = names.length > 0 && count > names.length ? ', …' : '';
    return [name, renderCount(count), `${names.join(', ')}${more}`];
  });
  return rows.length === 0 ? [] : [`${title}\n${renderColumns(rows, [1])}`];
}

function expiryOf({ plannedAt, completedAt, createdAt }: Run): string | undefined {
  const plannedMs = Date.parse(plannedAt ?? completedAt ?? createdAt ?? '');
  return Number.isNaN(plannedMs) ? undefined : new Date(plannedMs + PLAN_LIFETIME_MS).toISOString();
}

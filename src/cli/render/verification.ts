import type { Run, Verification } from '../api/run-document.ts';
import { renderColumns } from './columns.ts';
import { renderCount } from './numbers.ts';
import { renderInstant } from './time.ts';

const header = ['looked at', 'checked in', 'by itself', 'silent', 'gone', 'median', '90 %'];

/** Who checked in after a run, look by look, and in one line what the newest look says. */
export function renderVerification({ verification, completedAt }: Run): string[] {
  if (!verification || verification.length === 0) return [];
  const table = renderColumns([header, ...verification.map(renderLook)], [1, 2, 3, 4, 5, 6]);
  const newest = verification.findLast(({ at }) => Boolean(at));
  return [`Check-ins\n${table}${newest ? `\n  ${renderShare(newest, completedAt)}` : ''}`];
}

function renderLook(look: Verification): string[] {
  if (look.problem) return [`missing, was due ${renderInstant(look.dueAt)}`];
  if (!look.at) return [`due ${renderInstant(look.dueAt)}`];
  const counts = [look.checkedIn, look.byItself, look.silent, look.gone];
  const minutes = [look.medianMinutes, look.p90Minutes].map((value) =>
    typeof value === 'number' ? `${value.toFixed(1)} min` : '-',
  );
  return [renderInstant(look.at), ...counts.map((count) => renderCount(count ?? 0)), ...minutes];
}

/** `checked in 94.1 % within 1 h, median 4 min`; the share is that of all accepted devices. */
function renderShare(look: Verification, completedAt: Run['completedAt']): string {
  const counts = [look.checkedIn, look.byItself, look.silent, look.gone].map((each) => each ?? 0);
  const accepted = counts.reduce((a, b) => a + b, 0);
  const percent = accepted > 0 ? ((look.checkedIn ?? 0) / accepted) * 100 : 0;
  const afterMs = Date.parse(look.at ?? '') - Date.parse(completedAt ?? '');
  const within = Number.isNaN(afterMs) ? '' : ` within ${renderTime(afterMs / 60_000)}`;
  const { medianMinutes } = look;
  const median = typeof medianMinutes === 'number' ? `, median ${renderTime(medianMinutes)}` : '';
  return `checked in ${percent.toFixed(1)} %${within}${median}`;
}

/** Minutes, rounded down to what is worth reading: `40 s`, `4 min`, `1 h`, `5.2 h`. */
function renderTime(minutes: number): string {
  if (minutes < 1) return `${Math.floor(minutes * 60)} s`;
  if (minutes < 60) return `${Math.floor(minutes)} min`;
  return `${Math.floor(minutes / 6) / 10} h`;
}

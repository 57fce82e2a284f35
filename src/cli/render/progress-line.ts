import { type Run, doneDevices, isEnded } from '../api/run-document.ts';
import { renderCount } from './numbers.ts';
import { renderSeconds } from './time.ts';

/** What is shown of a run while it is followed. */
export interface ProgressParts {
  status: string;
  /** 0 to 100, rounded down: 100 means that every device has its outcome. */
  percent: number;
  done: string;
  total: string;
  /** Devices per second of the last minute, with one decimal; `-` while it is not known. */
  rate: string;
  /** For example `18 s left`; empty while it is not known, and at the end. */
  left: string;
}

/** @param now ms since the epoch */
export function progressParts(run: Run, now: number): ProgressParts {
  const { totalDevices } = run.totals;
  const rate = run.progress?.devicesPerSecond ?? 0;
  return {
    status: run.status,
    percent: percentOf(run),
    done: renderCount(doneDevices(run)),
    total: renderCount(totalDevices),
    rate: rate > 0 ? rate.toFixed(1) : '-',
    left: renderTimeLeft(run, now),
  };
}

/** For example `  running    150 of 300 devices    50 %    8.1 devices/s   18 s left`. */
export function renderProgressLine(run: Run, now: number): string {
  const { status, percent, done, total, rate, left } = progressParts(run, now);
  const devices = `${done.padStart(total.length)} of ${total} devices`;
  const speed = isEnded(run) ? '' : `${rate.padStart(6)} devices/s`;
  return [`  ${status.padEnd(9)}`, devices, `${String(percent).padStart(3)} %`, speed, left]
    .join('   ')
    .trimEnd();
}

function percentOf(run: Run): number {
  const { totalDevices } = run.totals;
  if (totalDevices === 0) return isEnded(run) ? 100 : 0;
  return Math.floor((100 * doneDevices(run)) / totalDevices);
}

function renderTimeLeft(run: Run, now: number): string {
  const end = Date.parse(run.progress?.estimatedCompletionAt ?? '');
  if (Number.isNaN(end) || isEnded(run)) return '';
  // An estimate that has passed is no negative time.
  return `${renderSeconds(Math.max(0, (end - now) / 1000))} left`;
}

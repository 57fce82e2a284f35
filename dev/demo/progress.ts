import { SingleBar } from 'cli-progress';
import { doneDevices, isFinal, type Run } from './run.ts';

/** Shows how far a run is. */
export interface Progress {
  update: (run: Run) => void;
  /** Leaves the last state on the screen; nothing is shown after it. */
  stop: () => void;
}

/** Where there is no terminal, one line this often, in milliseconds. */
export const lineIntervalMs = 5_000;

/** A bar on a terminal, a line every 5 s anywhere else. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY
    ? createBar(stream)
    : createLines((line) => stream.write(`${line}\n`), Date.now);
}

/**
 * One line at once, one whenever `lineIntervalMs` have passed, and one at the end of the run.
 *
 * @param now milliseconds since 1970.
 */
export function createLines(write: (line: string) => void, now: () => number): Progress {
  let nextAt = 0;
  return {
    update: (run) => {
      if (now() < nextAt && !isFinal(run)) return;
      nextAt = now() + lineIntervalMs;
      write(renderLine(run, now()));
    },
    stop: () => undefined,
  };
}

/**
 * For example `  running    150 of 300 devices   50 %    8.1 devices/s   18 s left`; just the status
 * while the run is planning, since nobody knows its devices yet.
 */
export function renderLine(run: Run, now: number): string {
  const { totalDevices } = run.totals;
  if (run.status === 'planning') return `  ${run.status}`;
  const total = String(totalDevices);
  return [
    `  ${run.status.padEnd(9)}`,
    `${String(doneDevices(run)).padStart(total.length)} of ${total} devices`,
    `${String(percentOf(run)).padStart(3)} %`,
    `${renderRate(run).padStart(5)} devices/s`,
    renderTimeLeft(run, now),
  ]
    .join('   ')
    .trimEnd();
}

/**
 * Devices per second with one decimal: the present rate, or that of the whole run once it has ended;
 * `-` while it is not known.
 */
export function renderRate(run: Run): string {
  const { totalDevices, skipped } = run.totals;
  const seconds = (run.durationMinutes ?? 0) * 60;
  const average = seconds > 0 ? (totalDevices - skipped) / seconds : 0;
  const rate = isFinal(run) ? average : (run.progress?.devicesPerSecond ?? 0);
  return rate > 0 ? rate.toFixed(1) : '-';
}

/** For example `18 s left` or `2 min 05 s left`; empty while it is not known, and at the end. */
export function renderTimeLeft(run: Run, now: number): string {
  const end = Date.parse(run.progress?.estimatedCompletionAt ?? '');
  if (Number.isNaN(end) || isFinal(run)) return '';
  return `${renderSeconds(Math.max(0, Math.round((end - now) / 1000)))} left`;
}

/** Whole seconds as `45 s`, `2 min 05 s` or `1 h 02 min`. */
export function renderSeconds(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${twoDigits(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

function percentOf(run: Run): number {
  const { totalDevices } = run.totals;
  if (totalDevices === 0) return isFinal(run) ? 100 : 0;
  return Math.floor((100 * doneDevices(run)) / totalDevices);
}

function createBar(stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar({
    stream,
    format: '  {status} {bar} {percent} %  {done} of {total} devices  {rate} devices/s  {left}',
    barsize: 30,
    barCompleteChar: '\u2588',
    barIncompleteChar: '\u2591',
    hideCursor: true,
    // The command handles Ctrl+C itself; the bar's own handler would end nothing.
    gracefulExit: false,
    emptyOnZero: true,
  });
  const payloadOf = (run: Run) => ({
    status: run.status,
    percent: String(percentOf(run)).padStart(3),
    done: doneDevices(run),
    rate: renderRate(run),
    left: renderTimeLeft(run, Date.now()),
  });
  let isStarted = false;
  return {
    update: (run) => {
      const { totalDevices } = run.totals;
      if (!isStarted) bar.start(totalDevices, 0, payloadOf(run));
      isStarted = true;
      bar.setTotal(totalDevices);
      bar.update(doneDevices(run), payloadOf(run));
    },
    stop: () => bar.stop(),
  };
}

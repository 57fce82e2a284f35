import type { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import { type Run, doneDevices, isEnded } from '../api/run-document.ts';
import type { CliContext } from '../context.ts';
import { progressParts, renderProgressLine } from './progress-line.ts';

/** Shows how far a run is. */
export interface Progress {
  update: (run: Run) => void;
  /** Leaves the last state on the screen; nothing is shown after it. */
  stop: () => void;
}

/** Where nobody watches a bar, one line this often, ms. */
const LINE_INTERVAL_MS = 5_000;

/** A bar on a terminal, a line every 5 s anywhere else; both on standard error. */
export function createProgress(context: Pick<CliContext, 'isTTY' | 'stderr' | 'now'>): Progress {
  return context.isTTY ? createBar(context.stderr, context.now) : createLines(context);
}

/** One line at once, one whenever 5 s have passed, and one at the end of the run. */
function createLines({ stderr, now }: Pick<CliContext, 'stderr' | 'now'>): Progress {
  let nextAt = 0;
  return {
    update: (run) => {
      if (now() < nextAt && !isEnded(run)) return;
      nextAt = now() + LINE_INTERVAL_MS;
      stderr.write(`${renderProgressLine(run, now())}\n`);
    },
    stop: () => undefined,
  };
}

function createBar(stream: Writable, now: () => number): Progress {
  const bar = new SingleBar({
    stream,
    format: '  {status} {bar} {percent} %  {done} of {devices} devices  {rate} devices/s  {left}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    // Ctrl+C is handled by the command; a handler of the bar's own would hold it up.
    gracefulExit: false,
    emptyOnZero: true,
  });
  let isStarted = false;
  return {
    update: (run) => {
      // The bar's own `{total}` would stand in the way of ours, which has its thousands grouped.
      const { total: devices, ...parts } = progressParts(run, now());
      const payload = { ...parts, devices };
      if (!isStarted) bar.start(run.totals.totalDevices, 0, payload);
      isStarted = true;
      bar.setTotal(run.totals.totalDevices);
      bar.update(doneDevices(run), payload);
    },
    stop: () => bar.stop(),
  };
}

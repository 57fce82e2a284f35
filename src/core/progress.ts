import { type ProgressSample, type Run, isFinal, skippedOf } from './run.ts';
import { processedOf } from './totals.ts';

/** The rate is that of the last minute. */
const WINDOW_MS = 60_000;

export interface Progress {
  /** Of the devices that are in batches, 0 to 100. */
  readonly percent: number;
  readonly devicesPerSecond: number;
  /** ms since the epoch; `undefined` while there is no rate, and once the run is final. */
  readonly estimatedCompletionAt: number | undefined;
}

/** The samples of the last minute and one before it, with a new one. */
export function withSample(
  samples: readonly ProgressSample[],
  sample: ProgressSample,
): ProgressSample[] {
  const all = [...samples, sample];
  const firstInside = all.findIndex(({ at }) => sample.at - at <= WINDOW_MS);
  return all.slice(Math.max(0, firstInside - 1));
}

/** How far a run is, and when it will probably be done at the rate of its last minute. */
export function progressOf(run: Run): Progress {
  const toDo = run.totalDevices - skippedOf(run);
  const done = processedOf(run.totals);
  const percent = toDo > 0 ? (done / toDo) * 100 : isFinal(run) ? 100 : 0;
  const first = run.samples.at(0);
  const last = run.samples.at(-1);
  const elapsedMs = first && last ? last.at - first.at : 0;
  const rate = first && last && elapsedMs > 0 ? (last.processed - first.processed) / elapsedMs : 0;
  return {
    percent: Math.round(percent * 10) / 10,
    devicesPerSecond: Math.round(rate * 10_000) / 10,
    estimatedCompletionAt:
      isFinal(run) || rate <= 0 || last === undefined
        ? undefined
        : Math.round(last.at + (toDo - done) / rate),
  };
}

import { rateAt } from '../../src/core/send-rate.ts';
import type { Bar } from '../bar.ts';
import { SimulatedApp } from './app.ts';
import { WINDOW_MS } from './scale-row.ts';
import { type Stretch, type WriteLog, countWindows } from './world/write-log.ts';

/** Another app takes 300 of the tenant's 400 writes, so that 100 are left in any 20 s. */
const OTHER_WRITES_PER_SECOND = 15;
const LEFT = 100;
const CEILING = 10;

/** It stops after 20 minutes; the first five are for finding the rate that is left. */
const STOPS_AFTER_MS = 1_200_000;
const SETTLING_MS = 300_000;

/** The ceiling's rate is back when 20 s hold this share of what they held without the other app. */
const RECOVERED_SHARE = 0.95;

const SAMPLE_MS = 1_000;

/** A moment of the run: seconds since its beginning, and writes per second. */
export interface RateSample {
  readonly second: number;
  /** What the budget granted then. */
  readonly rate: number;
  /** What Graph accepted in the 20 s before. */
  readonly accepted: number;
}

export interface SharedTenant {
  readonly samples: readonly RateSample[];
  readonly otherStopsAtSecond: number;
  readonly bars: readonly Bar[];
}

/** A run beside another app that stops in its midst. */
export async function simulateSharedTenant(seed: number): Promise<SharedTenant> {
  const app = new SimulatedApp({
    devices: 12_000,
    mode: 'perDevice',
    scale: { min: 4, max: 4 },
    writesPerSecond: CEILING,
    seed,
    otherApp: { writesPerSecond: OTHER_WRITES_PER_SECOND, stopsAfterMs: STOPS_AFTER_MS },
  });
  const begin = app.world.now();
  const rates = sampleRates(app, begin);
  await app.runToTheEnd();
  const { log } = app.tenant;
  const samples = rates.map(({ at, rate }) => ({
    second: (at - begin) / 1000,
    rate,
    accepted: acceptedBefore(log, at) / (WINDOW_MS / 1000),
  }));
  const settled = { from: begin + SETTLING_MS, to: begin + STOPS_AFTER_MS };
  const otherStopsAtSecond = STOPS_AFTER_MS / 1000;
  return { samples, otherStopsAtSecond, bars: barsOf(samples, log, settled, otherStopsAtSecond) };
}

function sampleRates(app: SimulatedApp, begin: number): { at: number; rate: number }[] {
  const { world, budgetRow } = app;
  const rates: { at: number; rate: number }[] = [];
  const sample = () => {
    const at = world.now();
    if (at > begin) rates.push({ at, rate: rateAt(budgetRow.state, CEILING, at) });
    world.schedule(SAMPLE_MS, sample);
  };
  sample();
  return rates;
}

function barsOf(
  samples: readonly RateSample[],
  log: WriteLog,
  settled: Stretch,
  stopSecond: number,
): Bar[] {
  const { mean } = countWindows(log, settled, WINDOW_MS);
  const isSettled = ({ second }: RateSample) =>
    second >= SETTLING_MS / 1000 && second <= stopSecond;
  const rates = samples.filter(isSettled).map(({ rate }) => rate);
  const highest = Math.max(...rates);
  const recovered = samples.find(
    ({ second, accepted }) => second > stopSecond && accepted >= RECOVERED_SHARE * CEILING,
  );
  const { sent, throttled } = countIn(log, settled);
  const name = (what: string) => `beside another app: ${what}`;
  return [
    {
      name: name('share of what is left'),
      value: (mean / LEFT) * 100,
      bound: 85,
      isAtMost: false,
      unit: '%',
    },
    {
      name: name('throttled calls'),
      value: (throttled / sent) * 100,
      bound: 2,
      isAtMost: true,
      unit: '%',
    },
    {
      name: name('swing of the rate'),
      value: ((highest - Math.min(...rates)) / highest) * 100,
      bound: 30,
      isAtMost: true,
      unit: '%',
    },
    {
      name: name('recovery after its end'),
      value: recovered === undefined ? Infinity : recovered.second - stopSecond,
      bound: 120,
      isAtMost: true,
      unit: 's',
    },
  ];
}

function countIn(log: WriteLog, { from, to }: Stretch): { sent: number; throttled: number } {
  const counts = { sent: 0, throttled: 0 };
  for (const [place, at] of log.at.entries()) {
    if (at < from || at > to) continue;
    counts.sent += log.writes[place] ?? 0;
    counts.throttled += log.throttled[place] ?? 0;
  }
  return counts;
}

/** Writes that were accepted in the 20 s before a moment. */
function acceptedBefore(log: WriteLog, moment: number): number {
  const { sent, throttled } = countIn(log, { from: moment - WINDOW_MS, to: moment });
  return sent - throttled;
}

import type { SendMode } from '../../src/core/batch.ts';
import { processedOf } from '../../src/core/totals.ts';
import { type AppOptions, SimulatedApp } from './app.ts';
import { type Cost, costOf } from './prices.ts';
import { type Stretch, countWindows, wholeLog } from './world/write-log.ts';
import { type Usage, noUsage, storageOperations, totalUsage } from './world/usage.ts';

/** What one simulated run came to. */
export interface ScaleRow {
  /** What was simulated, in a word: `steady`, `crashes`, … */
  readonly scenario: string;
  readonly devices: number;
  readonly mode: SendMode;
  /** The most instances that sent batches at once. */
  readonly instances: number;
  /** From the request to the last outcome, s. */
  readonly durationSeconds: number;
  /** All writes at the ceiling: no run can be faster, s. */
  readonly limitSeconds: number;
  /** Of the quota, in the emptiest 20 s of the steady part, and on average; 0 to 1. */
  readonly minQuotaShare: number;
  readonly meanQuotaShare: number;
  readonly writes: number;
  /** Writes that Graph refused with 429. */
  readonly throttled: number;
  /** Devices whose outcome is not in the run's totals. */
  readonly unaccounted: number;
  readonly putBacks: number;
  readonly usage: Usage;
  /** Requests to storage and rows read by one look of the monitor. */
  readonly monitorOperations: number;
  readonly monitorRows: number;
  readonly cost: Cost;
}

/** The documented quota of an app: 200 writes in any 20 s. */
export const QUOTA = 200;
export const WINDOW_MS = 20_000;

/** Until the first batches are on their way a run has fewer workers than it will have. */
const RAMP_UP_MS = 10_000;

/** Simulates a run and says what it came to; `app` is there for whoever wants to look closer. */
export async function simulate(
  scenario: string,
  options: AppOptions,
): Promise<{ readonly row: ScaleRow; readonly app: SimulatedApp }> {
  const app = new SimulatedApp(options);
  await app.runToTheEnd();
  return { row: rowOf(scenario, options, app), app };
}

/** The part of a run in which it should be at its full rate. */
export function steadyPart(app: SimulatedApp): Stretch {
  const { from, to } = wholeLog(app.tenant.log);
  return { from: from + RAMP_UP_MS, to };
}

function rowOf(scenario: string, options: AppOptions, app: SimulatedApp): ScaleRow {
  const { run, tenant, usageOf } = app;
  const { devices, mode, scale, writesPerSecond } = options;
  const usage = totalUsage(usageOf.values());
  const windows = countWindows(tenant.log, steadyPart(app), WINDOW_MS);
  const monitor = usageOf.get('monitor') ?? noUsage();
  const writes = sum(tenant.log.writes);
  const throttled = sum(tenant.log.throttled);
  return {
    scenario,
    devices,
    mode,
    instances: scale.max,
    durationSeconds: ((run.completedAt ?? Number.NaN) - run.createdAt) / 1000,
    limitSeconds: (writes - throttled) / writesPerSecond,
    minQuotaShare: windows.min / QUOTA,
    meanQuotaShare: windows.mean / QUOTA,
    writes,
    throttled,
    unaccounted: devices - processedOf(run.totals),
    putBacks: usage.putBacks,
    usage,
    monitorOperations: storageOperations(monitor) / monitor.invocations,
    monitorRows: monitor.rowsRead / monitor.invocations,
    cost: costOf(usage),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

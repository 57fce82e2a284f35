import type { SendMode } from '../../src/core/batch.ts';
import type { Bar } from '../bar.ts';
import { barsOf, perDeviceBar } from './bars.ts';
import { measurePlanMemory } from './plan-memory.ts';
import { type ScaleRow, simulate } from './scale-row.ts';
import { type SharedTenant, simulateSharedTenant } from './shared-tenant.ts';

export type { ScaleRow } from './scale-row.ts';
export type { SharedTenant } from './shared-tenant.ts';

export interface ScaleOptions {
  /** Without the largest fleets: under a minute instead of under ten. */
  readonly isQuick: boolean;
  /** Told of each run that was simulated. */
  readonly onRow?: (row: ScaleRow) => void;
}

export interface ScaleResult {
  readonly rows: readonly ScaleRow[];
  readonly bars: readonly Bar[];
  readonly sharedTenant: SharedTenant;
}

interface Size {
  readonly devices: number;
  readonly instances: readonly number[];
}

const quickSizes: readonly Size[] = [
  { devices: 1_000, instances: [1, 2, 4, 8, 50] },
  { devices: 10_000, instances: [1, 2, 4, 8, 50] },
  { devices: 100_000, instances: [1, 8] },
];

const fullSizes: readonly Size[] = [
  ...quickSizes,
  { devices: 100_000, instances: [50] },
  { devices: 1_000_000, instances: [1, 8, 50] },
];

const modes: readonly SendMode[] = ['perDevice', 'bulk'];

/** `SYNC_WRITES_PER_SECOND` at which an app uses its documented quota: 200 writes in 20 s. */
const CEILING = 10;

const SEED = 1;

/** How far the clocks of instances are off, ms, either way. */
const MAX_SKEW_MS = 5_000;

/** An instance that crashes lives this long on average, ms. */
const MEAN_LIFE_MS = 600_000;

/** Simulates runs of every size, mode and number of instances, and says whether the bars hold. */
export async function runScaleSimulation({
  isQuick,
  onRow = () => undefined,
}: ScaleOptions): Promise<ScaleResult> {
  const [small, large] = [10_000, isQuick ? 100_000 : 1_000_000];
  // First, since what the runs leave behind would be collected in the midst of it.
  const memory = await measureMemory(small, large);
  const rows: ScaleRow[] = [];
  for await (const row of simulateAll(isQuick ? quickSizes : fullSizes)) {
    rows.push(row);
    onRow(row);
  }
  const sharedTenant = await simulateSharedTenant(SEED);
  const bars = [
    ...barsOf(rows, { small, large }),
    perDeviceBar('memory of a plan', memory, { small, large }),
    ...sharedTenant.bars,
  ];
  return { rows, bars, sharedTenant };
}

async function* simulateAll(sizes: readonly Size[]): AsyncIterable<ScaleRow> {
  for (const mode of modes) {
    for (const { devices, instances } of sizes) {
      for (const count of instances) yield simulateRow('steady', { devices, mode, count });
    }
  }
  const fleet = { devices: 10_000, mode: 'perDevice', count: 8 } as const;
  yield simulateRow('clock skew', fleet, { maxSkewMs: MAX_SKEW_MS });
  yield simulateRow('crashes', fleet, { meanLifeMs: MEAN_LIFE_MS });
  yield simulateRow('scaled out', { ...fleet, count: 50 }, { scale: { min: 0, max: 50 } });
}

async function simulateRow(
  scenario: string,
  { devices, mode, count }: { devices: number; mode: SendMode; count: number },
  options: Partial<Parameters<typeof simulate>[1]> = {},
): Promise<ScaleRow> {
  const scale = { min: count, max: count };
  const plain = { devices, mode, scale, writesPerSecond: CEILING, seed: SEED };
  return (await simulate(scenario, { ...plain, ...options })).row;
}

/** Bytes per device of a small and a large fleet's plan. */
async function measureMemory(small: number, large: number): Promise<[number, number]> {
  // The first plan also pays for code that is compiled.
  await measurePlanMemory(small);
  return [await measurePlanMemory(small), await measurePlanMemory(large)];
}

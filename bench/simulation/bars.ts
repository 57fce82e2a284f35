import type { SendMode } from '../../src/core/batch.ts';
import type { Bar } from '../bar.ts';
import type { ScaleRow } from './scale-row.ts';
import { storageOperations } from './world/usage.ts';

/** The two sizes of fleet that are compared. */
export interface Sizes {
  readonly small: number;
  readonly large: number;
}

/** The most by which a device of a large fleet may cost more than one of a small fleet. */
const MAX_RATIO = 1.1;

/** The fleet by which the times are judged. */
const FLEET = 10_000;

/** Whether the rows keep what was promised; a row that is missing keeps nothing. */
export function barsOf(rows: readonly ScaleRow[], sizes: Sizes): Bar[] {
  const steady = rows.filter(({ scenario }) => scenario === 'steady');
  const few = steady.filter(({ instances }) => [1, 2, 4, 8].includes(instances));
  const perDevice = few.filter(({ mode }) => mode === 'perDevice');
  return [
    ...[1, 2, 4, 8].flatMap((instances) => quotaBars(perDevice, instances)),
    {
      name: `${FLEET} devices, perDevice`,
      value: longest(few, 'perDevice') / 60,
      bound: 17.6,
      isAtMost: true,
      unit: 'min',
    },
    {
      name: `${FLEET} devices, bulk`,
      value: longest(few, 'bulk'),
      bound: 60,
      isAtMost: true,
      unit: 's',
    },
    throttledBar(
      'clocks off by 5 s',
      rows.filter(({ scenario }) => scenario === 'clock skew'),
    ),
    {
      name: 'devices unaccounted for, crashes included',
      value: sumOf(rows, ({ unaccounted }) => Math.abs(unaccounted)),
      bound: 0,
      isAtMost: true,
      unit: '',
    },
    ...instancesOf(steady, sizes).flatMap((instances) => ratioBars(steady, instances, sizes)),
  ];
}

/** How much more a device of the large fleet costs than one of the small one. */
export function perDeviceBar(
  name: string,
  [small, large]: readonly [number, number],
  sizes: Sizes,
): Bar {
  const label = `${name} per device, ${sizes.large} to ${sizes.small}`;
  return { name: label, value: large / small, bound: MAX_RATIO, isAtMost: true, unit: '' };
}

function quotaBars(rows: readonly ScaleRow[], instances: number): Bar[] {
  const mine = rows.filter((row) => row.instances === instances);
  return [
    {
      name: `quota used in the emptiest 20 s, ${instances} instances`,
      value: Math.min(...mine.map(({ minQuotaShare }) => minQuotaShare)) * 100,
      bound: 95,
      isAtMost: false,
      unit: '%',
    },
    throttledBar(`${instances} instances`, mine),
  ];
}

function throttledBar(name: string, rows: readonly ScaleRow[]): Bar {
  const value = sumOf(rows, ({ throttled }) => throttled);
  return { name: `throttled calls, ${name}`, value, bound: 0, isAtMost: true, unit: '' };
}

/** With how many instances the large fleet was simulated. */
function instancesOf(rows: readonly ScaleRow[], { large }: Sizes): number[] {
  const largest = rows.filter(({ devices, mode }) => devices === large && mode === 'perDevice');
  return largest.map(({ instances }) => instances);
}

function ratioBars(rows: readonly ScaleRow[], instances: number, sizes: Sizes): Bar[] {
  const of = (devices: number) =>
    rows.find(
      (row) => row.mode === 'perDevice' && row.devices === devices && row.instances === instances,
    );
  const [small, large] = [of(sizes.small), of(sizes.large)];
  const bar = (name: string, figure: (row: ScaleRow) => number) =>
    perDeviceBar(
      `${name}, ${instances} instances,`,
      [small ? figure(small) : Number.NaN, large ? figure(large) : Number.NaN],
      sizes,
    );
  return [
    bar('function seconds', ({ usage, devices }) => usage.billedSeconds / devices),
    bar('storage operations', ({ usage, devices }) => storageOperations(usage) / devices),
    {
      ...bar('', ({ monitorOperations }) => monitorOperations),
      name: `storage operations of a look of the monitor, ${instances} instances, ${sizes.large} to ${sizes.small}`,
    },
  ];
}

function longest(rows: readonly ScaleRow[], mode: SendMode): number {
  const times = rows
    .filter((row) => row.devices === FLEET && row.mode === mode)
    .map(({ durationSeconds }) => durationSeconds);
  return times.length === 0 ? Number.NaN : Math.max(...times);
}

/** `NaN` without rows, which keeps no bound. */
function sumOf(rows: readonly ScaleRow[], figure: (row: ScaleRow) => number): number {
  return rows.length === 0 ? Number.NaN : rows.reduce((sum, row) => sum + figure(row), 0);
}

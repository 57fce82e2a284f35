import type { ScaleRow } from './scale-row.ts';
import type { SharedTenant } from './shared-tenant.ts';
import { type Line, drawLinePlot } from './plot/line-plot.ts';

/** Of the samples of a rate so many are one point: a plot has not more. */
const PLOTTED_EVERY = 3;

/** The plots of a simulation, by the name of their file. */
export function plotsOf(
  rows: readonly ScaleRow[],
  sharedTenant: SharedTenant,
): Readonly<Record<string, string>> {
  const steady = rows.filter(({ scenario }) => scenario === 'steady');
  return {
    'duration.svg': plotDuration(steady),
    'cost.svg': plotCost(steady),
    'shared-tenant.svg': plotSharedTenant(sharedTenant),
  };
}

function plotDuration(rows: readonly ScaleRow[]): string {
  const minutes = ({ devices, durationSeconds }: ScaleRow) =>
    [devices, durationSeconds / 60] as const;
  const limit = ({ devices, limitSeconds }: ScaleRow) => [devices, limitSeconds / 60] as const;
  const of = (mode: string, instances: number) =>
    rows.filter((row) => row.mode === mode && row.instances === instances);
  return drawLinePlot({
    title: 'Duration of a run at 10 writes per second',
    x: { ...fleetAxis(rows), label: 'devices' },
    y: { kind: 'log', min: 0.01, max: 10_000, label: 'minutes' },
    lines: [
      { label: 'one by one, 1 instance', points: of('perDevice', 1).map(minutes) },
      { label: 'one by one, 8 instances', points: of('perDevice', 8).map(minutes) },
      { label: 'the quota, one by one', isDashed: true, points: of('perDevice', 8).map(limit) },
      { label: 'in bulk, 1 instance', points: of('bulk', 1).map(minutes) },
      { label: 'in bulk, 8 instances', points: of('bulk', 8).map(minutes) },
      { label: 'the quota, in bulk', isDashed: true, points: of('bulk', 8).map(limit) },
    ],
  });
}

function plotCost(rows: readonly ScaleRow[]): string {
  const line = (mode: string, instances: number): Line => ({
    label: `${mode === 'bulk' ? 'in bulk' : 'one by one'}, ${instances} instance${instances > 1 ? 's' : ''}`,
    points: rows
      .filter((row) => row.mode === mode && row.instances === instances)
      .map(({ devices, cost }) => [devices, (cost.total / devices) * 1_000]),
  });
  return drawLinePlot({
    title: 'Cost of 1,000 devices in Azure, storage polls included',
    x: { ...fleetAxis(rows), label: 'devices' },
    y: { kind: 'log', min: 0.0001, max: 0.1, label: 'US dollars', format: (value) => `$${value}` },
    lines: [1, 8, 50].flatMap((instances) => [
      line('perDevice', instances),
      line('bulk', instances),
    ]),
  });
}

function plotSharedTenant({ samples, otherStopsAtSecond }: SharedTenant): string {
  const lastMinute = Math.ceil((samples.at(-1)?.second ?? 0) / 60);
  const shown = samples.filter((_, place) => place % PLOTTED_EVERY === 0);
  return drawLinePlot({
    title: 'Beside another app that takes 300 of the tenant’s 400 writes',
    x: { kind: 'linear', min: 0, max: lastMinute, label: 'minutes' },
    y: { kind: 'linear', min: 0, max: 12, label: 'writes per second' },
    bands: [{ from: 0, to: otherStopsAtSecond / 60, label: 'the other app writes' }],
    lines: [
      {
        label: 'accepted in the last 20 s',
        points: shown.map(({ second, accepted }) => [second / 60, accepted]),
      },
      {
        label: 'rate of the budget',
        points: shown.map(({ second, rate }) => [second / 60, rate]),
      },
      {
        label: 'what the other app leaves',
        isDashed: true,
        points: [
          [0, 5],
          [otherStopsAtSecond / 60, 5],
          [otherStopsAtSecond / 60, 10],
          [lastMinute, 10],
        ],
      },
    ],
  });
}

function fleetAxis(rows: readonly ScaleRow[]) {
  const sizes = rows.map(({ devices }) => devices);
  return { kind: 'log', min: Math.min(...sizes), max: Math.max(...sizes) } as const;
}

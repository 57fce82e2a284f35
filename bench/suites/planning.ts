import type { Suite, SuiteContext, SuiteResult } from '../suite.ts';
import { memoryOf, secondsUntil, startRun, untilRun, withApp } from '../support/app.ts';

/** The bars, for 100,000 devices. */
const MAX_SECONDS = 30;
const MAX_MEGABYTES = 300;

/** Time that every page of the listing takes, ms. */
const PAGE_LATENCY_MS = 200;

/** How long it takes to list, judge and write down a large fleet, and how much memory. */
export const planning: Suite = {
  name: 'planning',
  title: 'Planning a large fleet',
  summary:
    `From the request to the plan, ${PAGE_LATENCY_MS} ms for each page of 1,000 devices; memory is ` +
    `the most that the app's process ever held (VmHWM). A short measurement plans half as many, in ` +
    `half the time.`,
  mode: 'quick',
  run: (context) => plan(context, context.isQuick ? 50_000 : 100_000),
};

async function plan(context: SuiteContext, devices: number): Promise<SuiteResult> {
  const graph = { fleet: { devices }, latencyMs: PAGE_LATENCY_MS };
  return withApp(context, { graph }, async (app) => {
    const { id } = await startRun(app);
    const { signal } = context;
    const run = await untilRun(app, id, signal, ({ plannedAt }) => plannedAt !== null);
    const seconds = secondsUntil(run, 'plannedAt');
    const { peak } = await memoryOf(app);
    const planned = run.totals.totalDevices;
    const row = { devices: planned, seconds, 'devices per s': planned / seconds, 'peak MB': peak };
    const bar = { isAtMost: true };
    return {
      rows: [row],
      bars: [
        {
          ...{ ...bar, name: `time to plan ${devices.toLocaleString('en')} devices` },
          ...{ value: seconds, bound: (MAX_SECONDS * devices) / 100_000, unit: 's' },
        },
        { ...bar, name: 'peak memory of planning', value: peak, bound: MAX_MEGABYTES, unit: 'MB' },
        {
          name: 'devices in the plan',
          value: planned,
          bound: devices,
          isAtMost: false,
          unit: 'devices',
        },
      ],
    };
  });
}

import type { Suite, SuiteContext } from '../suite.ts';
import {
  GRAPH_LATENCY_MS,
  secondsUntil,
  startRun,
  untilRun,
  WRITES_PER_SECOND,
  withApp,
} from '../support/app.ts';
import { syncableFleet } from '../support/fleet.ts';

const DEVICES = 10_000;
const INSTANCES = 4;

/** How a whole run goes, and how long it may take, s. */
const kinds = {
  bulk: { maxSeconds: 60, faults: { bulkLatencyMs: 2_000 } },
  perDevice: { maxSeconds: 17.6 * 60, faults: {} },
} as const;

type Kind = keyof typeof kinds;

/** Whole runs of a large fleet, from the request to the last device. */
export const realRun: Suite = {
  name: 'real-run',
  title: 'Whole runs',
  summary:
    `${DEVICES.toLocaleString('en')} devices of platforms that bulk takes, ${INSTANCES} instances, ` +
    `SYNC_WRITES_PER_SECOND=${WRITES_PER_SECOND}, ${GRAPH_LATENCY_MS} ms per call of Graph and 2 s more ` +
    `per bulk call; from the request to the last outcome, planning included.`,
  mode: 'full',
  run: async (context) => {
    const chosen: Kind[] = context.isLong ? ['bulk', 'perDevice'] : ['bulk'];
    const measured = [];
    for (const kind of chosen) {
      context.onStep(`${DEVICES.toLocaleString('en')} devices, ${kind}`);
      measured.push(await measure(context, kind));
    }
    return {
      rows: measured.map(({ row }) => row),
      bars: measured.flatMap(({ bars }) => bars),
    };
  },
};

async function measure(context: SuiteContext, kind: Kind) {
  const { maxSeconds, faults } = kinds[kind];
  const graph = {
    fleet: syncableFleet(DEVICES),
    faults: { ...faults, latencyMs: GRAPH_LATENCY_MS },
  };
  return withApp(context, { graph, instances: INSTANCES, mode: kind }, async (app) => {
    const { id } = await startRun(app);
    const run = await untilRun(app, id, context.signal, (one) => one.completedAt !== null);
    const seconds = secondsUntil(run, 'completedAt');
    const { writes, throttled, devicesSynced, duplicateSyncs } = app.environment.graph.statistics();
    return {
      row: {
        mode: kind,
        seconds,
        'planned after s': secondsUntil(run, 'plannedAt'),
        writes,
        throttled,
        'devices synced': devicesSynced,
        'synced twice': duplicateSyncs,
      },
      bars: [
        bar(`${DEVICES.toLocaleString('en')} devices, ${kind}`, seconds, maxSeconds, 's'),
        bar(`devices without a sync, ${kind}`, DEVICES - devicesSynced, 0, 'devices'),
      ],
    };
  });
}

function bar(name: string, value: number, bound: number, unit: string) {
  return { name, value, bound, unit, isAtMost: true };
}

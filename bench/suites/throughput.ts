import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalApp } from '../../dev/environment/index.ts';
import type { Bar } from '../bar.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { GRAPH_LATENCY_MS, startRun, WRITES_PER_SECOND, withApp } from '../support/app.ts';
import { syncableFleet } from '../support/fleet.ts';
import { runTogether } from '../support/run-together.ts';
import { createStorageCounter, type StorageCounts } from '../support/storage-counts.ts';
import { untilFirstWrite } from '../support/until-first-write.ts';
import { countWindows, WINDOW_MS } from '../support/windows.ts';

/** The app reaches its pace within this, ms; what is measured begins afterwards. */
const WARM_UP_MS = 5_000;
/** What a window holds at most: Graph's quota for one app. */
const QUOTA = 200;
/** The least share of the quota that every full window has to use. */
const MIN_SHARE = 0.95;

interface Measured {
  readonly instances: number;
  readonly perSecond: number;
  readonly fewest: number;
  readonly most: number;
  readonly throttled: number;
  /** For each device that was written to in the measured stretch. */
  readonly storage: StorageCounts;
}

/** How near the app comes to Graph's quota, and what contention among instances costs. */
export const throughput: Suite = {
  name: 'throughput',
  title: 'Throughput of the shared write budget',
  summary:
    `One command per device, SYNC_WRITES_PER_SECOND=${WRITES_PER_SECOND}, ${GRAPH_LATENCY_MS} ms ` +
    `per call of Graph. Every window of 20 s of the steady part, wherever it begins, is counted; ` +
    `Graph allows ${QUOTA} writes in it. A short measurement has its apps side by side.`,
  mode: 'quick',
  run: async (context) => {
    const measured = context.isQuick
      ? await runTogether(context, (part) => [measure(part, 1), measure(part, 4)])
      : await measureInTurn(context, [1, 2, 4, 8]);
    return { rows: measured.map(toRow), bars: [...measured.flatMap(barsOf), contention(measured)] };
  },
};

async function measureInTurn(
  context: SuiteContext,
  counts: readonly number[],
): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const instances of counts) measured.push(await measure(context, instances));
  return measured;
}

async function measure(context: SuiteContext, instances: number): Promise<Measured> {
  context.onStep(nameOf(instances));
  const steadyMs = context.isQuick ? 22_000 : 60_000;
  // The run must not end within the measured stretch.
  const devices = Math.ceil(((WARM_UP_MS + steadyMs) / 1000) * WRITES_PER_SECOND * 1.3);
  const storage = createStorageCounter();
  const graph = { fleet: syncableFleet(devices), latencyMs: GRAPH_LATENCY_MS };
  const options = { graph, instances, onStorageRequest: storage.onRequest };
  return withApp(context, options, async (app: LocalApp) => {
    const { graph: simulator } = app.environment;
    await startRun(app);
    await untilFirstWrite(simulator, context.signal);
    await sleep(WARM_UP_MS, undefined, { signal: context.signal });
    const from = Date.now();
    storage.take();
    await sleep(steadyMs, undefined, { signal: context.signal });
    const to = Date.now();
    const counts = storage.take();
    const times = simulator.writeTimes(from).filter((time) => time <= to);
    if (times.length === 0) throw new Error('Nothing was written in the measured stretch.');
    return {
      instances,
      perSecond: (times.length / (to - from)) * 1000,
      ...countWindows(times, { from, to }),
      throttled: simulator.statistics().throttled,
      storage: {
        tables: counts.tables / times.length,
        queues: counts.queues / times.length,
        polls: counts.polls / times.length,
      },
    };
  });
}

function nameOf(instances: number): string {
  return `${instances} ${instances === 1 ? 'instance' : 'instances'}`;
}

function toRow({ instances, perSecond, fewest, most, throttled, storage }: Measured) {
  return {
    instances,
    'writes per s': perSecond,
    [`fewest in ${WINDOW_MS / 1000} s`]: fewest,
    [`most in ${WINDOW_MS / 1000} s`]: most,
    'share of quota': fewest / QUOTA,
    throttled,
    'table requests per device': storage.tables,
    'queue requests per device': storage.queues,
    'polls per device': storage.polls,
  };
}

function barsOf({ instances, fewest, throttled }: Measured): Bar[] {
  const who = nameOf(instances);
  return [
    {
      name: `least share of the quota in any window of 20 s, ${who}`,
      value: fewest / QUOTA,
      bound: MIN_SHARE,
      isAtMost: false,
      unit: '',
    },
    {
      name: `throttled calls, ${who}`,
      value: throttled,
      bound: 0,
      isAtMost: true,
      unit: 'calls',
    },
  ];
}

function contention(measured: readonly Measured[]): Bar {
  const most = measured.at(-1);
  const value = (most?.perSecond ?? 0) / (measured[0]?.perSecond ?? Infinity);
  const name = `throughput of ${most?.instances ?? 0} instances to that of 1`;
  return { name, value, bound: 0.95, isAtMost: false, unit: '' };
}

import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bar } from '../bar.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { GRAPH_LATENCY_MS, startRun, WRITES_PER_SECOND, withApp } from '../support/app.ts';
import { syncableFleet } from '../support/fleet.ts';
import { keepBusy } from '../support/keep-busy.ts';
import { untilFirstWrite } from '../support/until-first-write.ts';
import { countWindows, WINDOW_MS } from '../support/windows.ts';

/** How long the machine is busy, ms: every slot of a window has one before and after it. */
const BUSY_MS = 45_000;

/** What a worker logs that was too late for its slot. */
const GIVEN_UP = 'late for its slot';

interface Measured {
  readonly instances: number;
  readonly perSecond: number;
  readonly fewest: number;
  readonly most: number;
  readonly throttled: number;
  readonly givenUp: number;
}

/** Whether calls that the machine holds up stay inside Graph's quota. */
export const busyMachine: Suite = {
  name: 'busy-machine',
  title: 'On a machine without a free core',
  summary:
    `As many processes that do nothing but count as there are cores, beside the app, Azurite and the ` +
    `simulated Graph; SYNC_WRITES_PER_SECOND=${WRITES_PER_SECOND}, ${GRAPH_LATENCY_MS} ms per call ` +
    `of Graph, ${BUSY_MS / 1000} s.`,
  mode: 'full',
  run: async (context) => {
    const measured: Measured[] = [];
    for (const instances of [1, 4]) measured.push(await measure(context, instances));
    return { rows: measured.map(toRow), bars: measured.map(barOf) };
  },
};

async function measure(context: SuiteContext, instances: number): Promise<Measured> {
  context.onStep(`instances: ${instances}`);
  let givenUp = 0;
  const log = (line: string) => {
    if (line.includes(GIVEN_UP)) givenUp++;
    context.log(line);
  };
  // The run must not end while the machine is busy.
  const devices = Math.ceil((BUSY_MS / 1000) * WRITES_PER_SECOND * 1.5);
  const graph = { fleet: syncableFleet(devices), latencyMs: GRAPH_LATENCY_MS };
  return withApp({ ...context, log }, { graph, instances }, async (app) => {
    const { graph: simulator } = app.environment;
    await startRun(app);
    await untilFirstWrite(simulator, context.signal);
    const from = Date.now();
    const stopLoad = keepBusy(availableParallelism(), BUSY_MS);
    try {
      await sleep(BUSY_MS, undefined, { signal: context.signal });
    } finally {
      await stopLoad();
    }
    const to = Date.now();
    const times = simulator.writeTimes(from).filter((time) => time <= to);
    const { throttled } = simulator.statistics();
    const perSecond = (times.length / (to - from)) * 1000;
    return { instances, perSecond, ...countWindows(times, { from, to }), throttled, givenUp };
  });
}

function toRow({ instances, perSecond, fewest, most, throttled, givenUp }: Measured) {
  return {
    instances,
    'writes per s': perSecond,
    [`fewest in ${WINDOW_MS / 1000} s`]: fewest,
    [`most in ${WINDOW_MS / 1000} s`]: most,
    'slots given up': givenUp,
    throttled,
  };
}

function barOf({ instances, throttled }: Measured): Bar {
  const who = `${instances} ${instances === 1 ? 'instance' : 'instances'}`;
  const name = `throttled calls on a busy machine, ${who}`;
  return { name, value: throttled, bound: 0, isAtMost: true, unit: 'calls' };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { createCertificate } from '../../dev/certificate.ts';
import {
  type FleetOptions,
  type GraphSimulatorOptions,
  startGraphSimulator,
} from '../../dev/graph-simulator/index.ts';
import { startIdentityEndpoint } from '../../dev/identity-endpoint/index.ts';
import { type Outcome, watchContender } from '../comparison/contender.ts';
import { createFleetGraph, type FleetGraph } from '../comparison/graph.ts';
import { runRunbook, type Sleep } from '../comparison/runbook.ts';
import {
  asToldByGraph,
  backingOff,
  POOL_WORKERS,
  runWorkerPool,
} from '../comparison/worker-pool.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { GRAPH_LATENCY_MS, startRun, untilRun, withApp } from '../support/app.ts';
import { runTogether } from '../support/run-together.ts';
import { syncableFleet } from '../support/fleet.ts';

/** What the table tells for a fleet of this size. */
const LARGE_FLEET = 10_000;

/** The runbook itself took 446 s for 1,000 devices at 250 ms per call, measured under PowerShell 7. */
const RUNBOOK_SECONDS_PER_DEVICE = 0.446;

interface Contest {
  readonly context: SuiteContext;
  readonly graph: Omit<GraphSimulatorOptions, 'certificate'> & { readonly fleet: FleetOptions };
  readonly limitMs: number;
}

/** fleet-sync beside what it replaces and what one would write instead. */
export const comparison: Suite = {
  name: 'comparison',
  title: 'Compared with the runbook and with a pool of workers',
  summary:
    `The same fleet for each, at the same time, each against a simulated Graph of its own with the ` +
    `documented quotas and ${GRAPH_LATENCY_MS} ms per call. The pace is that of the whole ` +
    `windows of 20 s after the first; with it the last two columns tell of ` +
    `${LARGE_FLEET.toLocaleString('en')} devices.`,
  mode: 'quick',
  run: async (context) => {
    const devices = context.isQuick ? 500 : 1_000;
    // Two of the runbook's periods: 50 devices at 250 ms and the rest after them.
    const limitMs = context.isQuick ? 45_000 : 1_800_000;
    const graph = { fleet: syncableFleet(devices), latencyMs: GRAPH_LATENCY_MS };
    const [fleetSync, runbook, patientPool, stubbornPool] = await runTogether(context, (part) => {
      const contest: Contest = { context: part, graph, limitMs };
      return [
        runFleetSync(contest),
        runAgainstGraph(contest, runRunbook, { keepsAlive: false }),
        runAgainstGraph(contest, runWorkerPool(asToldByGraph), { keepsAlive: true }),
        runAgainstGraph(contest, runWorkerPool(backingOff), { keepsAlive: true }),
      ];
    });
    const base = secondsFor(fleetSync);
    return {
      rows: [
        toRow('fleet-sync', fleetSync, devices, base),
        toRow("the runbook's algorithm", runbook, devices, base),
        toRow(`${POOL_WORKERS} workers, waiting for Retry-After`, patientPool, devices, base),
        toRow(`${POOL_WORKERS} workers, backing off 1, 2, 4 … s`, stubbornPool, devices, base),
      ],
      bars: [
        {
          name: 'throttled calls of fleet-sync',
          ...{ value: fleetSync.throttled, bound: 0, isAtMost: true, unit: 'calls' },
        },
        {
          name: "the rebuilt runbook's time per device differs from the measured one's by",
          value: Math.abs(1 - runbook.seconds / runbook.reached / RUNBOOK_SECONDS_PER_DEVICE),
          ...{ bound: 0.05, isAtMost: true, unit: '' },
        },
      ],
    };
  },
};

function runFleetSync({ context, graph, limitMs }: Contest): Promise<Outcome> {
  return withApp(context, { graph }, (app) =>
    watchContender(app.environment.graph, {
      limitMs,
      signal: context.signal,
      run: async (signal) => {
        const { id } = await startRun(app);
        await untilRun(app, id, signal, ({ completedAt }) => completedAt !== null);
      },
    }),
  );
}

async function runAgainstGraph(
  { context, graph, limitMs }: Contest,
  contender: (graph: FleetGraph, sleep: Sleep) => Promise<void>,
  { keepsAlive }: { keepsAlive: boolean },
): Promise<Outcome> {
  const certificate = await createCertificate();
  const simulator = await startGraphSimulator({ ...graph, certificate });
  const identity = await startIdentityEndpoint();
  const { token } = identity.issueToken('https://graph.microsoft.com');
  const { url } = simulator;
  const client = createFleetGraph({ url, token, certificate: certificate.cert, keepsAlive });
  try {
    return await watchContender(simulator, {
      limitMs,
      signal: context.signal,
      run: (signal) =>
        contender(stopping(client, signal), (ms) => sleep(ms, undefined, { signal })),
    });
  } finally {
    client.close();
    await Promise.all([simulator.close(), identity.close()]);
  }
}

/** The same client, which takes no call any more once the signal is aborted. */
function stopping(client: FleetGraph, signal: AbortSignal): FleetGraph {
  const guard = <T>(call: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    return call();
  };
  return {
    listDeviceIds: () => guard(client.listDeviceIds),
    syncDevice: async (id) => guard(() => client.syncDevice(id)),
  };
}

function toRow(contender: string, outcome: Outcome, devices: number, base: number) {
  const { seconds, reached, throttled, hasEnded, pace } = outcome;
  return {
    contender,
    reached: `${reached} of ${devices}`,
    'in s': seconds,
    's per device': seconds / reached,
    'throttled calls': throttled,
    'never reached': hasEnded ? devices - reached : '-',
    'pace per s': pace,
    [`min for ${LARGE_FLEET.toLocaleString('en')}`]: secondsFor(outcome) / 60,
    'to fleet-sync': secondsFor(outcome) / base,
  };
}

/** How long a contender takes for a large fleet: as long as for this one, and then at its pace. */
function secondsFor({ seconds, reached, pace }: Outcome): number {
  return seconds + (LARGE_FLEET - reached) / pace;
}

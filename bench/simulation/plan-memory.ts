import { commandCatalog } from '../../src/core/actions/command-catalog.ts';
import { actions } from '../../src/core/actions/index.ts';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { newRun } from '../../src/core/new-run.ts';
import { featureRoles } from '../../src/core/roles.ts';
import { planRun } from '../../src/use-cases/plan-run.ts';
import type { Log, RunLedger } from '../../src/use-cases/ports.ts';
import { InMemoryRunStore } from '../../test/support/in-memory-run-store.ts';
import { Instance } from './platform/instance.ts';
import { CompactLedger } from './storage/compact-ledger.ts';
import { Queues, SimulatedRunQueue } from './storage/queues.ts';
import { SimulatedRunLedger } from './storage/run-ledger.ts';
import { EventClock } from './world/event-clock.ts';
import { Fleet } from './world/fleet.ts';
import { SimulatedGraph } from './world/graph.ts';
import { Tenant } from './world/tenant.ts';
import { noUsage } from './world/usage.ts';

const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const pace = { batchSize: 50, batchDelayMs: 0, writesPerSecond: 10 };

/**
 * How much heap a plan holds at its fullest, bytes per device: the whole fleet is listed, sorted and
 * split into batches, and none is written yet. Garbage is collected before each look.
 */
export async function measurePlanMemory(devices: number): Promise<number> {
  const collectGarbage = exposedGarbageCollector();
  const heap = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const world = new EventClock();
  const runs = new InMemoryRunStore();
  const fleet = new Fleet(devices);
  const instance = new Instance({ world, random: () => 0.5, usage: noUsage(), skewMs: 0 });
  const ledger = new LedgerProbe(new CompactLedger(fleet), instance, heap);
  const request = { action: 'syncDevice', trigger: 'http', requestedBy: 'bench' } as const;
  await runs.create(newRun('measured', request, world.now(), 3_600_000));
  const graph = new SimulatedGraph(new Tenant(world, fleet), instance);
  const plan = planRun(
    {
      runs,
      ledger,
      queue: new SimulatedRunQueue(new Queues(), instance),
      directory: graph,
      appInstalls: graph,
      commands: commandCatalog(actions),
      permissions: { granted: () => Promise.resolve(Object.values(featureRoles).flat()) },
      clock: instance.clock,
    },
    pace,
  );
  const before = heap();
  const end = { isReached: false };
  const planning = plan('measured', 'bench', silentLog).then(() => (end.isReached = true));
  await world.runUntil(() => end.isReached);
  await planning;
  return ((ledger.heapAtFirstWrite ?? Number.NaN) - before) / devices;
}

/** Looks at the heap when the plan is complete: before its first batch is written. */
class LedgerProbe extends SimulatedRunLedger {
  heapAtFirstWrite: number | undefined;
  readonly #heap: () => number;

  constructor(ledger: CompactLedger, instance: Instance, heap: () => number) {
    super(ledger, instance);
    this.#heap = heap;
  }

  override addBatches(...batches: Parameters<RunLedger['addBatches']>): Promise<void> {
    this.heapAtFirstWrite ??= this.#heap();
    return super.addBatches(...batches);
  }
}

/** So that the command needs no flag of Node. */
function exposedGarbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

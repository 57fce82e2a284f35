import { createStream } from '../../dev/graph-simulator/random.ts';
import type { BatchPace } from '../../src/core/batch-schedule.ts';
import type { SendMode } from '../../src/core/batch.ts';
import { featureRoles } from '../../src/core/roles.ts';
import { type Run, isFinal } from '../../src/core/run.ts';
import {
  failUnplannedRun,
  recordPoisonedBatch,
  reviveMonitor,
} from '../../src/use-cases/handle-poison.ts';
import { monitorRun } from '../../src/use-cases/monitor-run.ts';
import { planRun } from '../../src/use-cases/plan-run.ts';
import type { Log, Ports } from '../../src/use-cases/ports.ts';
import { startRun } from '../../src/use-cases/start-run.ts';
import { syncBatch } from '../../src/use-cases/sync-batch.ts';
import { watchRuns } from '../../src/use-cases/watch-runs.ts';
import { commandCatalog } from '../../src/core/actions/command-catalog.ts';
import { actions } from '../../src/core/actions/index.ts';
import { InMemoryIdempotencyKeys } from '../../test/support/in-memory-idempotency-keys.ts';
import { InMemoryOpenRuns } from '../../test/support/in-memory-open-runs.ts';
import { InMemoryRunStore } from '../../test/support/in-memory-run-store.ts';
import { Instance } from './platform/instance.ts';
import type { ListenerOptions } from './platform/listener.ts';
import { type Scale, ScaledFunction } from './platform/scaled-function.ts';
import { CompactLedger } from './storage/compact-ledger.ts';
import { type QueueName, Queues, SimulatedRunQueue } from './storage/queues.ts';
import { SimulatedOpenRuns } from './storage/open-runs.ts';
import { SimulatedRunLedger } from './storage/run-ledger.ts';
import { SimulatedRunStore } from './storage/run-store.ts';
import { SimulatedWriteBudget, freshRow } from './storage/write-budget.ts';
import { EventClock } from './world/event-clock.ts';
import { Fleet } from './world/fleet.ts';
import { SimulatedGraph } from './world/graph.ts';
import { type OtherApp, Tenant } from './world/tenant.ts';
import { type Usage, noUsage } from './world/usage.ts';

export interface AppOptions {
  readonly devices: number;
  readonly mode: SendMode;
  /** Instances of the function that sends batches; the others have one. */
  readonly scale: Scale;
  /** `SYNC_WRITES_PER_SECOND` */
  readonly writesPerSecond: number;
  /** The same seed gives the same run. */
  readonly seed: number;
  /** Clocks of instances are off by up to this much either way, ms. */
  readonly maxSkewMs?: number;
  /** An instance that sends batches lives this long on average, ms; absent: it does not die. */
  readonly meanLifeMs?: number;
  readonly otherApp?: OtherApp;
}

const SCALE_INTERVAL_MS = 5_000;
const WATCHDOG_INTERVAL_MS = 900_000;

/** `SYNC_RUN_DEADLINE_HOURS` at its most: a million devices take more than a day. */
const DEADLINE_MS = 168 * 3_600_000;

const retryPolicy = { maxRetries: 5, initialDelayMs: 5_000, maxDelayMs: 300_000 };

const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const allRoles = Object.values(featureRoles).flat();

/** What a run costs after its end is another matter. */
const unverified = { verifyAfterMs: [], followUp: () => Promise.resolve() };

/** The whole app in a simulated Azure: the real use cases, on instances that come and go. */
export class SimulatedApp {
  readonly world = new EventClock();
  readonly tenant: Tenant;
  readonly ledger: CompactLedger;
  readonly budgetRow = freshRow();
  readonly usageOf = new Map<string, Usage>();
  readonly #options: AppOptions;
  readonly #random: () => number;
  readonly #runs = new InMemoryRunStore();
  readonly #openRuns = new InMemoryOpenRuns();
  readonly #keys = new InMemoryIdempotencyKeys();
  readonly #queues = new Queues();
  readonly #functions: ScaledFunction[];

  constructor(options: AppOptions) {
    this.#options = options;
    this.#random = createStream(options.seed, 'world');
    const fleet = new Fleet(options.devices);
    this.tenant = new Tenant(this.world, fleet, options.otherApp);
    this.ledger = new CompactLedger(fleet);
    this.#functions = this.#createFunctions();
    this.#every(SCALE_INTERVAL_MS, () => {
      for (const each of this.#functions) each.scale();
    });
    this.#every(WATCHDOG_INTERVAL_MS, () => void this.#watch());
  }

  /** The run as its row says it is. */
  get run(): Run {
    const [run] = this.#runs.rows.values();
    if (run === undefined) throw new Error('No run was started.');
    return run;
  }

  /** Starts a run of the whole fleet and lets everything happen until it is over and reported. */
  async runToTheEnd(): Promise<Run> {
    const { mode } = this.#options;
    const instance = this.#startInstance('startRun');
    const start = startRun(this.#portsOf(instance), { deadlineMs: DEADLINE_MS });
    const request = { action: 'syncDevice', trigger: 'http', requestedBy: 'bench', mode } as const;
    void this.#invoke(instance, () => start(request, silentLog));
    await this.world.runUntil(
      () => this.#runs.rows.size > 0 && isFinal(this.run) && this.run.reportedAt !== undefined,
    );
    return this.run;
  }

  #createFunctions(): ScaledFunction[] {
    const { scale } = this.#options;
    const one = { min: 1, max: 1 };
    const onDemand = { min: 0, max: 1 };
    const sync = (ports: Ports) => syncBatch(ports, retryPolicy);
    const pace = this.#pace();
    return [
      this.#onQueue(
        'plans',
        one,
        (ports) =>
          ({ entry, id }) =>
            planRun(ports, pace)(entry.runId, id, silentLog),
      ),
      this.#onQueue(
        'batches',
        scale,
        (ports) =>
          ({ entry: { runId, batch = -1 }, id }) =>
            sync(ports)({ runId, batch }, id, silentLog),
      ),
      this.#onQueue(
        'monitor',
        one,
        (ports) =>
          ({ entry, id }) =>
            monitorRun(ports, unverified)(entry.runId, id, silentLog),
      ),
      this.#onPoison(
        'plans',
        onDemand,
        (ports) =>
          ({ entry }) =>
            failUnplannedRun(ports)(entry.runId, silentLog),
      ),
      this.#onPoison(
        'batches',
        onDemand,
        (ports) =>
          ({ entry: { runId, batch = -1 } }) =>
            recordPoisonedBatch(ports)({ runId, batch }, silentLog),
      ),
      this.#onPoison(
        'monitor',
        onDemand,
        (ports) =>
          ({ entry }) =>
            reviveMonitor(ports)(entry.runId, silentLog),
      ),
    ];
  }

  #onQueue(
    name: QueueName,
    scale: Scale,
    handlerOf: (ports: Ports) => ListenerOptions['handle'],
  ): ScaledFunction {
    const scaled = new ScaledFunction({
      world: this.world,
      queue: this.#queues.of[name],
      poisonQueue: this.#queues.poisonOf[name],
      scale,
      startInstance: () => {
        const instance = this.#startInstance(name);
        if (name === 'batches') this.#letDie(() => scaled.kill(instance));
        return instance;
      },
      handlerOf: (instance) => handlerOf(this.#portsOf(instance)),
    });
    return scaled;
  }

  #onPoison(
    name: QueueName,
    scale: Scale,
    handlerOf: (ports: Ports) => ListenerOptions['handle'],
  ): ScaledFunction {
    return new ScaledFunction({
      world: this.world,
      queue: this.#queues.poisonOf[name],
      poisonQueue: undefined,
      scale,
      startInstance: () => this.#startInstance('poison'),
      handlerOf: (instance) => handlerOf(this.#portsOf(instance)),
    });
  }

  #startInstance(name: string): Instance {
    const { maxSkewMs = 0 } = this.#options;
    const usage = this.usageOf.get(name) ?? noUsage();
    this.usageOf.set(name, usage);
    const skewMs = (2 * this.#random() - 1) * maxSkewMs;
    return new Instance({ world: this.world, random: this.#random, usage, skewMs });
  }

  /** An instance's end comes at any time: the time to it has no memory. */
  #letDie(kill: () => void): void {
    const { meanLifeMs } = this.#options;
    if (meanLifeMs === undefined) return;
    this.world.schedule(-Math.log(1 - this.#random()) * meanLifeMs, kill);
  }

  async #watch(): Promise<void> {
    const instance = this.#startInstance('watchdog');
    await this.#invoke(instance, () => watchRuns(this.#portsOf(instance))(silentLog));
  }

  async #invoke(instance: Instance, execute: () => Promise<unknown>): Promise<void> {
    instance.usage.invocations++;
    instance.periods.begin(this.world.now());
    await execute();
    instance.periods.end(this.world.now());
  }

  #every(intervalMs: number, happen: () => void): void {
    this.world.schedule(intervalMs, () => {
      happen();
      this.#every(intervalMs, happen);
    });
  }

  #pace(): BatchPace {
    return { batchSize: 50, batchDelayMs: 0, writesPerSecond: this.#options.writesPerSecond };
  }

  #portsOf(instance: Instance): Ports {
    const graph = new SimulatedGraph(this.tenant, instance);
    return {
      clock: instance.clock,
      random: instance.random,
      runs: new SimulatedRunStore(this.#runs, instance),
      ledger: new SimulatedRunLedger(this.ledger, instance),
      openRuns: new SimulatedOpenRuns(this.#openRuns, instance),
      commands: commandCatalog(actions),
      starts: { draw: () => Promise.resolve(undefined) },
      keys: this.#keys,
      queue: new SimulatedRunQueue(this.#queues, instance),
      permissions: { granted: () => Promise.resolve(allRoles) },
      directory: graph,
      appInstalls: graph,
      sender: graph,
      budget: new SimulatedWriteBudget(this.budgetRow, instance, this.#options.writesPerSecond),
      telemetry: { emit: () => Promise.resolve() },
    };
  }
}

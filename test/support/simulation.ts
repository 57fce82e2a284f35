import type { AlertRules } from '../../src/core/alert-rule.ts';
import type { ActionRegistry } from '../../src/core/actions/action.ts';
import { commandCatalog } from '../../src/core/actions/command-catalog.ts';
import { actions } from '../../src/core/actions/index.ts';
import type { ListedDevice } from '../../src/core/device.ts';
import { type Metrics } from '../../src/core/metrics.ts';
import type { RunRequest } from '../../src/core/new-run.ts';
import { featureRoles } from '../../src/core/roles.ts';
import type { Run } from '../../src/core/run.ts';
import { isSettled } from '../../src/core/settled.ts';
import { FULL_BUCKET, bucketOf, drawToken } from '../../src/core/token-bucket.ts';
import { followUpRun } from '../../src/use-cases/follow-up-run.ts';
import {
  failUnplannedRun,
  recordPoisonedBatch,
  reviveMonitor,
} from '../../src/use-cases/handle-poison.ts';
import { monitorRun } from '../../src/use-cases/monitor-run.ts';
import { planRun } from '../../src/use-cases/plan-run.ts';
import type { Log, Ports, StartBudget } from '../../src/use-cases/ports.ts';
import { receiveAlert } from '../../src/use-cases/receive-alert.ts';
import { retryRun } from '../../src/use-cases/retry-run.ts';
import { type StartResult, type StartRunOptions, startRun } from '../../src/use-cases/start-run.ts';
import { syncBatch } from '../../src/use-cases/sync-batch.ts';
import { watchRuns } from '../../src/use-cases/watch-runs.ts';
import { type CallLog, type CrashPoint, mortalPorts } from './crash.ts';
import { InMemoryIdempotencyKeys } from './in-memory-idempotency-keys.ts';
import { InMemoryOpenRuns } from './in-memory-open-runs.ts';
import { InMemoryRunLedger } from './in-memory-run-ledger.ts';
import { InMemoryRunQueue, type QueuedMessage } from './in-memory-run-queue.ts';
import { InMemoryRunStore } from './in-memory-run-store.ts';
import { InMemoryWriteBudget } from './in-memory-write-budget.ts';
import { type Script, SimulatedGraph } from './simulated-graph.ts';
import { VirtualClock } from './virtual-clock.ts';

const allRoles = Object.values(featureRoles).flat();

export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface SimulationOptions {
  readonly fleet: readonly ListedDevice[];
  readonly script?: Script;
  /** What can be sent; the app's own actions unless told otherwise. */
  readonly actions?: ActionRegistry;
  readonly crash?: CrashPoint;
  readonly writesPerSecond?: number;
  readonly maxRetries?: number;
  readonly deadlineMs?: number;
  /** Default: check-ins are not verified. */
  readonly verifyAfterMs?: readonly number[];
  /** Ports that replace the ones of the simulation, which they may use. */
  readonly override?: (app: Simulation) => Partial<Ports>;
  /** The run is started as the timer does: planned by whoever started it. */
  readonly isScheduled?: boolean;
}

/** The host hides a delivered message for 10 minutes; a dead worker's message stays hidden. */
const HIDDEN_MS = 600_000;
/** host.json: a message whose handler failed comes again after this. */
const FAILED_AGAIN_MS = 15_000;
const MAX_DEQUEUE_COUNT = 5;
const WATCHDOG_MS = 900_000;

/** The whole app on a virtual clock: real use cases, a host that delivers, and storage in memory. */
export class Simulation {
  readonly clock = new VirtualClock();
  readonly runs = new InMemoryRunStore();
  readonly ledger = new InMemoryRunLedger();
  readonly openRuns = new InMemoryOpenRuns();
  readonly keys = new InMemoryIdempotencyKeys();
  readonly queue = new InMemoryRunQueue(this.clock);
  readonly graph: SimulatedGraph;
  readonly emitted: { metrics: Metrics; event?: string }[] = [];
  readonly calls: CallLog = [];
  readonly #options: SimulationOptions;
  #ports: Ports;
  #nextWatchdogAt: number;
  #draws = 0;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.graph = new SimulatedGraph(this.clock, options.fleet, options.script);
    this.#nextWatchdogAt = this.clock.now() + WATCHDOG_MS;
    const { crash } = options;
    const healthy = this.#healthyPorts();
    const onDeath = () => {
      this.#ports = mortalPorts(healthy, { log: [] });
    };
    this.#ports = mortalPorts(healthy, {
      log: this.calls,
      ...(crash === undefined ? {} : { crash, onDeath }),
    });
  }

  /** The newest run. */
  get run(): Run {
    const [run] = [...this.runs.rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    if (run === undefined) throw new Error('no run was started');
    return run;
  }

  /** Starts a run the way the simulation's options say; what it throws is the caller's to see. */
  async start(
    request: Partial<RunRequest> = {},
    options: StartRunOptions = {},
  ): Promise<StartResult> {
    const { isScheduled = false } = this.#options;
    const ports = this.#ports;
    const trigger = isScheduled ? ('schedule' as const) : ('http' as const);
    const result = await this.startRun(
      { action: 'syncDevice', requestedBy: 'test', trigger, ...request },
      silentLog,
      { isPlannedByCaller: isScheduled, ...options },
    );
    if (isScheduled && result.kind === 'started') {
      await this.#plan(ports)(result.run.id, 'timer', silentLog);
    }
    return result;
  }

  /** The use case that starts runs, over the ports of the process that is alive. */
  get startRun(): ReturnType<typeof startRun> {
    const { deadlineMs = 24 * 3_600_000 } = this.#options;
    return startRun(this.#ports, { deadlineMs });
  }

  /** The use case that takes alerts, over the ports of the process that is alive. */
  receiveAlert(rules: AlertRules): ReturnType<typeof receiveAlert> {
    const { deadlineMs = 24 * 3_600_000 } = this.#options;
    return receiveAlert(this.#ports, { rules, deadlineMs });
  }

  /** Lets everything happen until every run is settled, or until `untilMs` have passed. */
  async settle(untilMs = 48 * 3_600_000): Promise<void> {
    const end = this.clock.now() + untilMs;
    for (;;) {
      await quiet();
      if (this.#isOver()) return;
      const next = Math.min(this.clock.nextWakeAt, this.#nextDeliveryAt(), this.#nextWatchdogAt);
      if (next > end) return;
      this.clock.moveTo(next);
      this.#deliver();
      if (this.clock.now() >= this.#nextWatchdogAt) this.#watch();
    }
  }

  #isOver(): boolean {
    const runs = [...this.runs.rows.values()];
    return runs.length > 0 && runs.every(isSettled);
  }

  #nextDeliveryAt(): number {
    return Math.min(...this.queue.messages.map(({ visibleAt }) => visibleAt), Infinity);
  }

  #deliver(): void {
    const now = this.clock.now();
    for (const message of this.queue.messages.filter(({ visibleAt }) => visibleAt <= now)) {
      message.visibleAt = now + HIDDEN_MS;
      message.dequeueCount++;
      const remove = () => {
        this.queue.messages = this.queue.messages.filter(({ id }) => id !== message.id);
      };
      this.#handle(message).then(remove, () => {
        if (message.isPoison || message.dequeueCount < MAX_DEQUEUE_COUNT) {
          message.visibleAt = this.clock.now() + FAILED_AGAIN_MS;
          return;
        }
        remove();
        const poison = this.queue.send(message.queue, message.entry, 0);
        poison.isPoison = true;
      });
    }
  }

  #handle({ queue, entry, id, isPoison }: QueuedMessage): Promise<void> {
    const ports = this.#ports;
    const { runId, batch = -1 } = entry;
    switch (queue) {
      case 'plans':
        return isPoison
          ? failUnplannedRun(ports)(runId, silentLog)
          : this.#plan(ports)(runId, id, silentLog);
      case 'batches':
        return isPoison
          ? recordPoisonedBatch(ports)({ runId, batch }, silentLog)
          : this.#sync(ports)({ runId, batch }, id, silentLog);
      case 'monitor':
        return isPoison
          ? reviveMonitor(ports)(runId, silentLog)
          : this.#monitor(ports)(runId, id, silentLog);
    }
  }

  #watch(): void {
    this.#nextWatchdogAt = this.clock.now() + WATCHDOG_MS;
    watchRuns(this.#ports)(silentLog).catch(() => undefined);
  }

  #monitor(ports: Ports) {
    const { verifyAfterMs = [] } = this.#options;
    const followUp = followUpRun(ports, retryRun(ports, this.startRun));
    return monitorRun(ports, { verifyAfterMs, followUp });
  }

  #plan(ports: Ports) {
    const { writesPerSecond = 8 } = this.#options;
    return planRun(ports, { batchSize: 50, batchDelayMs: 0, writesPerSecond });
  }

  #sync(ports: Ports) {
    const { maxRetries = 5 } = this.#options;
    return syncBatch(ports, { maxRetries, initialDelayMs: 5_000, maxDelayMs: 300_000 });
  }

  #healthyPorts(): Ports {
    const { clock, runs, ledger, openRuns, keys, queue, graph, emitted } = this;
    const { writesPerSecond = 8, override } = this.#options;
    return {
      clock,
      // The middle, but never twice the same: run ids must differ.
      random: () => 0.5 + this.#draws++ * 1e-7,
      runs,
      ledger,
      openRuns,
      keys,
      queue,
      starts: inMemoryStartBudget(clock),
      commands: commandCatalog(this.#options.actions ?? actions),
      permissions: { granted: () => Promise.resolve(allRoles) },
      directory: graph,
      appInstalls: graph,
      sender: graph,
      budget: new InMemoryWriteBudget(clock, writesPerSecond),
      telemetry: {
        emit: ({ metrics, event }) => {
          emitted.push({ metrics, ...(event === undefined ? {} : { event: event.name }) });
          return Promise.resolve();
        },
      },
      ...override?.(this),
    };
  }
}

/** Ten starts a minute for each caller, kept in a variable. */
function inMemoryStartBudget(clock: VirtualClock): StartBudget {
  const buckets = new Map<string, number>();
  const size = bucketOf(10);
  return {
    draw(caller) {
      const draw = drawToken(buckets.get(caller) ?? FULL_BUCKET, size, clock.now());
      if (draw.isGranted) buckets.set(caller, draw.fullAt);
      return Promise.resolve(draw.isGranted ? undefined : draw.retryAfterMs);
    },
  };
}

/** Waits until no promise has anything left to do: the use cases sleep, wait or are done. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

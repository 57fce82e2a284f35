import { setTimeout as delay } from 'node:timers/promises';
import type { LogEntry } from '../log/log.ts';
import type { FunctionSummary } from '../protocol.ts';
import type { InstanceProcess } from './instance-process.ts';

/** What a pool needs. */
export interface InstancePoolOptions {
  /** Instances to keep running. */
  count: number;
  startInstance: (index: number) => InstanceProcess;
  log: (entry: LogEntry) => void;
}

/** A replacement that does not come up is tried again after 250, 500, 1000, ... ms, at most 4 s. */
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 4_000;
/** How often a waiting request looks for an instance. */
const LOOK_EVERY_MS = 25;

/** The instances of an app. One that ends, for whatever reason, is replaced at once. */
export class InstancePool {
  readonly #options: InstancePoolOptions;
  readonly #running = new Map<number, InstanceProcess>();
  readonly #stopping = new AbortController();
  #turn = 0;

  constructor(options: InstancePoolOptions) {
    this.#options = options;
  }

  /**
   * Starts all instances.
   *
   * @returns the app's functions
   * @throws the first instance's reason when the app cannot be started; nothing is left running then
   */
  async start(): Promise<FunctionSummary[]> {
    const { count } = this.#options;
    const processes = Array.from({ length: count }, (_, at) => this.#launch(at + 1));
    try {
      const [functions = []] = await Promise.all(processes.map((one) => one.ready));
      for (const process of processes) void this.#keepRunning(process);
      return functions;
    } catch (error) {
      await this.stop(0);
      throw error;
    }
  }

  /** The instances that are running, by number. */
  instances(): { index: number; pid: number }[] {
    return [...this.#running.values()].map(({ index, pid }) => ({ index, pid }));
  }

  /** Port of the next instance in turn; waits for one, at most `waitMs`, then undefined. */
  async pick(waitMs: number): Promise<number | undefined> {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const ports = [...this.#running.values()].flatMap(({ servingPort = [] }) => servingPort);
      const port = ports[this.#turn++ % ports.length];
      const isOver = this.#isStopping() || performance.now() > deadline;
      if (port !== undefined || isOver) return port;
      await delay(LOOK_EVERY_MS);
    }
  }

  /** Stops all instances and replaces none. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#running.values()].map((process) => process.stop(graceMs)));
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  #launch(index: number): InstanceProcess {
    const process = this.#options.startInstance(index);
    this.#running.set(index, process);
    void process.exited.then(() => this.#running.delete(index));
    return process;
  }

  /** Watches one place of the pool for as long as the host runs. */
  async #keepRunning(first: InstanceProcess): Promise<void> {
    const { log } = this.#options;
    let process = first;
    let retryMs = 0;
    let lastFailure = '';
    for (;;) {
      const { index, pid } = process;
      const how = await process.exited;
      if (this.#isStopping()) return;
      log({
        level: 'warning',
        message: `instance ${index} (pid ${pid}) ended by ${how}, replacing`,
      });
      const failure = await failureOf(process.ready);
      // The same failure of every further try would bury everything else.
      if (failure !== '' && failure !== lastFailure) log({ level: 'error', message: failure });
      lastFailure = failure;
      retryMs = failure === '' ? 0 : Math.min(retryMs * 2 || FIRST_RETRY_MS, LONGEST_RETRY_MS);
      await delay(retryMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#isStopping()) return;
      process = this.#launch(index);
    }
  }
}

/** Why an instance never became ready; empty when it did. */
async function failureOf(ready: Promise<unknown>): Promise<string> {
  return await ready.then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

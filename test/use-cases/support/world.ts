import type { Batch } from '../../../src/core/batch.ts';
import type { ListedDevice } from '../../../src/core/device.ts';
import type { Run } from '../../../src/core/run.ts';
import type { StoredBatch } from '../../../src/use-cases/ports.ts';
import { aBatch, aRun, aRunId, startOfTest, syncCommand } from '../../support/factories.ts';
import { InMemoryRunLedger } from '../../support/in-memory-run-ledger.ts';
import { InMemoryRunQueue } from '../../support/in-memory-run-queue.ts';
import { InMemoryRunStore } from '../../support/in-memory-run-store.ts';
import { InMemoryWriteBudget } from '../../support/in-memory-write-budget.ts';
import { type Script, SimulatedGraph } from '../../support/simulated-graph.ts';

export interface WorldOptions {
  /** Default: nobody. */
  readonly fleet?: readonly ListedDevice[];
  readonly script?: Script;
  /** Default 8, so that a slot has 4 writes. */
  readonly writesPerSecond?: number;
}

/** What a single use case works on, in memory, at a moment that passes when it is told to. */
export class World {
  readonly runs = new InMemoryRunStore();
  readonly ledger = new InMemoryRunLedger();
  readonly graph: SimulatedGraph;
  readonly queue: InMemoryRunQueue;
  readonly budget: InMemoryWriteBudget;
  readonly commands = { of: () => syncCommand };
  readonly clock = { now: () => this.#now, sleep: (ms: number) => this.sleep(ms) };
  #now = startOfTest;

  constructor({ fleet = [], script, writesPerSecond = 8 }: WorldOptions = {}) {
    this.graph = new SimulatedGraph(this.clock, fleet, script);
    this.queue = new InMemoryRunQueue(this.clock);
    this.budget = new InMemoryWriteBudget(this.clock, writesPerSecond);
  }

  /** A world with a running run of these batches; they are numbered in their order. */
  static async of(run: Partial<Run> = {}, ...batches: readonly Partial<Batch>[]): Promise<World> {
    const world = new World();
    await world.add(run, ...batches);
    return world;
  }

  async add(run: Partial<Run>, ...batches: readonly Partial<Batch>[]): Promise<void> {
    await this.runs.create(aRun({ status: 'running', batchCount: batches.length, ...run }));
    await this.ledger.addBatches(batches.map((batch, number) => aBatch({ number, ...batch })));
  }

  /** The run as it is stored now. */
  async run(): Promise<Run> {
    const run = await this.runs.get(aRunId);
    if (run === undefined) throw new Error('There is no run.');
    return run;
  }

  /** A batch of the run as it is stored now. */
  async batch(number = 0): Promise<StoredBatch> {
    const stored = await this.ledger.getBatch(aRunId, number);
    if (stored === undefined) throw new Error(`There is no batch ${number}.`);
    return stored;
  }

  /** Somebody else writes a batch each time right after it was read. */
  writeAfterRead(number: number, change: Partial<Batch>): void {
    const { ledger } = this;
    const getBatch = ledger.getBatch.bind(ledger);
    ledger.getBatch = async (runId, wanted) => {
      const read = await getBatch(runId, wanted);
      if (read !== undefined && wanted === number) {
        await ledger.saveBatch({ ...read, batch: { ...read.batch, ...change } });
      }
      return read;
    };
  }

  /** Time passes. */
  pass(ms: number): void {
    this.#now += ms;
  }

  protected sleep(ms: number): Promise<void> {
    this.pass(ms);
    return Promise.resolve();
  }
}

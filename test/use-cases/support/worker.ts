import type { Command } from '../../../src/core/actions/action.ts';
import type { Batch } from '../../../src/core/batch.ts';
import type { Run } from '../../../src/core/run.ts';
import type { CommandSender } from '../../../src/use-cases/ports.ts';
import { syncBatch } from '../../../src/use-cases/sync-batch.ts';
import { aRunId, syncCommand } from '../../support/factories.ts';
import { silentLog } from '../../support/simulation.ts';
import { World, type WorldOptions } from './world.ts';

export interface WorkerOptions extends WorldOptions {
  readonly run?: Partial<Run>;
  readonly batch?: Partial<Batch>;
  readonly command?: Command;
  /** What happens elsewhere while the worker sleeps for the nth time, from 1. */
  readonly whileAsleep?: (world: World, nth: number) => Promise<unknown>;
  /** What happens elsewhere while its nth call is on its way, from 1. */
  readonly whileSending?: (world: World, nth: number) => Promise<unknown>;
}

/** A worker at the only batch of a running run, on a clock that jumps to the end of each sleep. */
export class Worker extends World {
  readonly #options: WorkerOptions;
  #sleeps = 0;
  #sends = 0;

  constructor(options: WorkerOptions) {
    super(options);
    this.#options = options;
  }

  /** Handles a message for the batch. */
  async work(): Promise<void> {
    const { command = syncCommand, run = {}, batch = {} } = this.#options;
    await this.add(run, batch);
    const { runs, ledger, queue, budget, clock } = this;
    const commands = { of: () => command };
    const sender = this.#sender();
    const ports = { runs, ledger, queue, budget, clock, commands, sender, random: () => 0.5 };
    const policy = { maxRetries: 5, initialDelayMs: 5_000, maxDelayMs: 300_000 };
    await syncBatch(ports, policy)({ runId: aRunId, batch: 0 }, 'message', silentLog);
  }

  protected override async sleep(ms: number): Promise<void> {
    await this.#options.whileAsleep?.(this, ++this.#sleeps);
    this.pass(ms);
  }

  #sender(): CommandSender {
    const { graph } = this;
    return {
      send: async (command, ids) => {
        const answers = await graph.send(command, ids);
        await this.#options.whileSending?.(this, ++this.#sends);
        return answers;
      },
      sendBulk: (bulk, ids) => graph.sendBulk(bulk, ids),
    };
  }
}

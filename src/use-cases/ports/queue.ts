import type { Run } from '../../core/run.ts';

/** The queues that carry a run; a message holds a run id and a batch number, nothing else. */
export interface RunQueue {
  enqueuePlan: (runId: string, delayMs: number) => Promise<void>;
  enqueueBatches: (
    run: Pick<Run, 'id' | 'priority'>,
    batches: readonly { number: number; delayMs: number }[],
  ) => Promise<void>;
  /** @returns the id of the new message */
  enqueueMonitor: (runId: string, delayMs: number) => Promise<string>;
  /** Messages in all poison queues. */
  countPoisoned: () => Promise<number>;
}

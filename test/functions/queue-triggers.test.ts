import type { StorageQueueHandler } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { monitorRunHandler } from '../../src/functions/monitor-run.ts';
import { planRunHandler } from '../../src/functions/plan-run.ts';
import { InvalidMessageError } from '../../src/functions/queue-entry.ts';
import { syncBatchHandler } from '../../src/functions/sync-batch.ts';
import { aRunId as runId } from '../support/factories.ts';
import { anInvocation } from './support/an-invocation.ts';

type UseCase = (...args: unknown[]) => Promise<void>;

/** Each queue trigger: a message for it, and what its use case is called with for that. */
const triggers: [string, object, unknown, (useCase: UseCase) => StorageQueueHandler][] = [
  ['planRun', { runId }, runId, planRunHandler],
  ['monitorRun', { runId }, runId, monitorRunHandler],
  ['syncBatch', { runId, batch: 7 }, { runId, batch: 7 }, syncBatchHandler],
];

describe.each(triggers)('%s', (_, entry, called, over) => {
  it('calls its use case once, with the message, its id and the log', async () => {
    const { useCase, calls } = aUseCase();
    const { context } = anInvocation({ triggerMetadata: { id: 'message-1', dequeueCount: 2 } });
    await over(useCase)(entry, context);
    expect(calls).toEqual([[called, 'message-1', context]]);
  });

  it.each([{ ...entry, extra: 1 }, 'not JSON', 123, {}])(
    'throws for %j without calling it, so that the host poisons the message',
    async (message) => {
      const { useCase, calls } = aUseCase();
      const handled = over(useCase)(message, anInvocation().context);
      await expect(handled).rejects.toThrow(InvalidMessageError);
      expect(calls).toEqual([]);
    },
  );

  it('lets a failure of its use case reach the host', async () => {
    const failing = over(() => Promise.reject(new Error('storage is down')));
    await expect(failing(entry, anInvocation().context)).rejects.toThrow('storage is down');
  });
});

/** A use case that takes note of its calls. */
function aUseCase(): { useCase: UseCase; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const useCase: UseCase = (...args) => {
    calls.push(args);
    return Promise.resolve();
  };
  return { useCase, calls };
}

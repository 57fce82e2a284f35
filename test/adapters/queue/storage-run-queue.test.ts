import { QueueClient, type QueueServiceClient } from '@azure/storage-queue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { queueNames, queueServiceClient } from '../../../src/adapters/queue/queues.ts';
import { StorageRunQueue } from '../../../src/adapters/queue/storage-run-queue.ts';
import { aRun, aRunId as runId } from '../../support/factories.ts';
import { sharedStorage, someQueues } from '../../support/storage.ts';

const run = aRun();

let service = someQueues();
let queue = new StorageRunQueue(service);
let sent = vi.spyOn(QueueClient.prototype, 'sendMessage');
beforeEach(() => {
  service = someQueues();
  queue = new StorageRunQueue(service);
  sent = vi.spyOn(QueueClient.prototype, 'sendMessage');
});
afterEach(() => sent.mockRestore());

describe('a message', () => {
  it('creates the queue it goes to when there is none', async () => {
    await queue.enqueuePlan(runId, 0);
    expect(await service.getQueueClient('sync-plans').exists()).toBe(true);
    expect(await service.getQueueClient('sync-batches').exists()).toBe(false);
    expect(await received(service, 'sync-plans')).toEqual([{ runId }]);
  });

  it('is JSON in base64, as host.json says', async () => {
    await queue.enqueuePlan(runId, 0);
    const peeked = await service.getQueueClient('sync-plans').peekMessages();
    expect(peeked.peekedMessageItems.map(({ messageText }) => messageText)).toEqual([
      Buffer.from(`{"runId":"${runId}"}`).toString('base64'),
    ]);
  });

  it('never expires: a run may be open for a week', async () => {
    await queue.enqueuePlan(runId, 0);
    expect(answers(sent).map(({ expiresOn }) => expiresOn.getUTCFullYear())).toEqual([9999]);
  });
});

describe('what is enqueued', () => {
  it('goes to the queue of its kind and names its run', async () => {
    await queue.enqueuePlan(runId, 0);
    await queue.enqueueMonitor(runId, 0);
    await queue.enqueueBatches(run, [
      { number: 0, delayMs: 0 },
      { number: 41, delayMs: 0 },
    ]);
    expect(await received(service, 'sync-plans')).toEqual([{ runId }]);
    expect(await received(service, 'sync-monitor')).toEqual([{ runId }]);
    const batches = await received(service, 'sync-batches');
    expect(batches).toHaveLength(2);
    expect(batches).toEqual(
      expect.arrayContaining([
        { runId, batch: 0 },
        { runId, batch: 41 },
      ]),
    );
  });

  it('of an urgent run goes to a queue of its own: no other batch is in front of it', async () => {
    await queue.enqueueBatches(aRun({ priority: 'urgent' }), [{ number: 7, delayMs: 0 }]);
    expect(await received(service, 'sync-batches-urgent')).toEqual([{ runId, batch: 7 }]);
    expect(await service.getQueueClient('sync-batches').exists()).toBe(false);
  });

  it('of no batches is nothing', async () => {
    await queue.enqueueBatches(run, []);
    expect(sent).not.toHaveBeenCalled();
  });

  it('becomes visible after its delay, rounded up to a second, at most seven days', async () => {
    const delays = [0, 1, 1_000, 6_250, 86_400_000, 8 * 86_400_000];
    for (const delayMs of delays) await queue.enqueueMonitor(runId, delayMs);
    const hidden = answers(sent).map(
      ({ insertedOn, nextVisibleOn }) => (nextVisibleOn.getTime() - insertedOn.getTime()) / 1_000,
    );
    expect(hidden).toEqual([0, 1, 1, 7, 86_400, 7 * 86_400]);
  });

  it('is not there before that', async () => {
    await queue.enqueueBatches(run, [{ number: 3, delayMs: 60_000 }]);
    expect(await received(service, 'sync-batches')).toEqual([]);
  });

  it('for the monitor is known by its id', async () => {
    const id = await queue.enqueueMonitor(runId, 0);
    const { receivedMessageItems } = await service.getQueueClient('sync-monitor').receiveMessages();
    expect(receivedMessageItems.map(({ messageId }) => messageId)).toEqual([id]);
  });

  it('of 200 batches is all there', async () => {
    const batches = Array.from({ length: 200 }, (_, number) => ({ number, delayMs: 0 }));
    await queue.enqueueBatches(run, batches);
    const entries = (await received(service, 'sync-batches')) as { batch: number }[];
    expect(entries.map(({ batch }) => batch).toSorted((a, b) => a - b)).toEqual([
      ...batches.keys(),
    ]);
  });
});

describe('countPoisoned', () => {
  it('is 0 while there is no poison queue', async () => {
    expect(await queue.countPoisoned()).toBe(0);
  });

  it('counts the messages of every poison queue, and no others', async () => {
    await queue.enqueuePlan(runId, 0);
    for (const name of Object.values(queueNames)) {
      const poison = service.getQueueClient(`${name}-poison`);
      await poison.create();
      await poison.sendMessage('x');
    }
    await service.getQueueClient('sync-batches-poison').sendMessage('x');
    expect(await queue.countPoisoned()).toBe(5);
  });
});

describe('queueServiceClient', () => {
  const credential = { getToken: () => Promise.resolve(null) };

  it('reaches the account through the identity', () => {
    const queueServiceUri = 'https://account.queue.core.windows.net';
    const connection = { kind: 'identity', queueServiceUri, tableServiceUri: '' } as const;
    expect(queueServiceClient(connection, credential).url).toBe(queueServiceUri);
  });

  it('reaches it through a connection string', async () => {
    const client = queueServiceClient(sharedStorage(), credential);
    expect(await client.getQueueClient('not-there').exists()).toBe(false);
  });
});

/** What the service answered to each message that it took. */
function answers(spy: typeof sent) {
  return spy.mock.settledResults.flatMap(({ type, value }) =>
    type === 'fulfilled' ? [value] : [],
  );
}

/** Every message that is visible in a queue, decoded. */
async function received(queues: QueueServiceClient, name: string): Promise<unknown[]> {
  const entries: unknown[] = [];
  for (;;) {
    const { receivedMessageItems } = await queues
      .getQueueClient(name)
      .receiveMessages({ numberOfMessages: 32 });
    if (receivedMessageItems.length === 0) return entries;
    for (const { messageText } of receivedMessageItems) {
      entries.push(JSON.parse(Buffer.from(messageText, 'base64').toString()));
    }
  }
}

import { QueueServiceClient } from '@azure/storage-queue';
import type { QueueClient } from '@azure/storage-queue';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDeferred } from '../../../../dev/functions-host/deferred.ts';
import type { LogEntry } from '../../../../dev/functions-host/log/log.ts';
import { poisonQueueOf } from '../../../../dev/functions-host/queue/poison-queue.ts';
import { startQueueListener } from '../../../../dev/functions-host/queue/queue-listener.ts';
import type {
  Listener,
  QueueListenerOptions,
} from '../../../../dev/functions-host/queue/queue-listener.ts';
import type { MessageFacts } from '../../../../dev/functions-host/queue/trigger-metadata.ts';
import { startPlainAzurite } from '../../../support/azurite.ts';
import type { PlainAzurite } from '../../../support/azurite.ts';

let azurite: PlainAzurite;
let service: QueueServiceClient;
let queue: QueueClient;
let listener: Listener | undefined;
let received: MessageFacts[];
let log: LogEntry[];
let queueNumber = 0;

beforeAll(async () => {
  azurite = await startPlainAzurite();
  service = QueueServiceClient.fromConnectionString(azurite.connectionString);
});
afterAll(() => azurite.close());
beforeEach(async () => {
  received = [];
  log = [];
  queue = await createQueue(`jobs-${++queueNumber}`);
});
afterEach(() => listener?.stop());

async function createQueue(name: string): Promise<QueueClient> {
  const created = service.getQueueClient(name);
  await created.create();
  return created;
}

const settings = {
  batchSize: 4,
  newBatchThreshold: 2,
  maxPollingIntervalMs: 100,
  visibilityTimeoutMs: 0,
  maxDequeueCount: 5,
  messageEncoding: 'base64',
} as const;

/** Starts to listen; every message is written down and then handled as told. */
function listen(
  handle: (message: MessageFacts) => void | Promise<void> = () => undefined,
  options: Partial<QueueListenerOptions> = {},
): void {
  listener = startQueueListener({
    queue,
    poisonQueue: poisonQueueOf(service, queue.name),
    settings,
    timing: { visibilityMs: 600_000, renewEveryMs: 300_000 },
    log: (entry) => log.push(entry),
    async handle(message) {
      received.push(message);
      await handle(message);
    },
    ...options,
  });
}

const encode = (text: string) => Buffer.from(text).toString('base64');
const send = (text: string) => queue.sendMessage(encode(text));
const fail = () => {
  throw new Error('on purpose');
};

/** Messages on a queue, visible or not; 0 when there is no such queue. */
async function count(of: QueueClient = queue): Promise<number> {
  if (!(await of.exists())) return 0;
  return (await of.getProperties()).approximateMessagesCount ?? 0;
}

/** Waits until a fact holds. */
const until = (fact: () => void | Promise<void>) => vi.waitFor(fact, { timeout: 15_000 });
const attempts = () => received.map((message) => message.dequeueCount);

describe('a message', () => {
  test('that succeeds is deleted', async () => {
    await send('text');
    listen();
    await until(async () => expect(await count()).toBe(0));
    expect(received).toEqual([
      {
        text: 'text',
        dequeueCount: 1,
        id: expect.any(String) as string,
        popReceipt: expect.any(String) as string,
        insertedOn: expect.any(Date) as Date,
        expiresOn: expect.any(Date) as Date,
        nextVisibleOn: expect.any(Date) as Date,
      },
    ]);
  });

  test('is hidden for 10 minutes while it is worked on', async () => {
    await send('text');
    listen();
    await until(() => expect(received).toHaveLength(1));
    const [message] = received;
    const hiddenMs =
      (message?.nextVisibleOn?.getTime() ?? 0) - (message?.insertedOn?.getTime() ?? 0);
    expect(Math.round(hiddenMs / 60_000)).toBe(10);
  });

  test('that fails twice comes back with dequeue count 2 and 3, then is done', async () => {
    await send('text');
    listen(({ dequeueCount }) => (dequeueCount < 3 ? fail() : undefined));
    await until(async () => expect(await count()).toBe(0));
    expect(attempts()).toEqual([1, 2, 3]);
  });

  test('that always fails is delivered maxDequeueCount times, then moved to the poison queue', async () => {
    await send('text');
    const poison = service.getQueueClient(`${queue.name}-poison`);
    listen(fail);
    await until(async () => expect(await count(poison)).toBe(1));
    await until(async () => expect(await count()).toBe(0));
    const [copy] = (await poison.receiveMessages()).receivedMessageItems;
    expect(attempts()).toEqual([1, 2, 3, 4, 5]);
    expect(copy?.messageText).toBe(encode('text'));
    expect(copy?.messageId).not.toBe(received[0]?.id);
    expect(copy?.dequeueCount).toBe(1); // this test's own receive
  });

  test('that failed stays hidden for visibilityTimeout', async () => {
    await send('text');
    listen(fail, { settings: { ...settings, visibilityTimeoutMs: 60_000 } });
    await until(() => expect(received).toHaveLength(1));
    await listener?.stop();
    expect(await count()).toBe(1);
    expect((await queue.peekMessages()).peekedMessageItems).toEqual([]);
  });

  test('that was delivered too often goes to the poison queue without a call', async () => {
    await send('text');
    await queue.receiveMessages({ visibilityTimeout: 1 });
    listen(fail, { settings: { ...settings, maxDequeueCount: 1 } });
    const poison = service.getQueueClient(`${queue.name}-poison`);
    await until(async () => expect(await count(poison)).toBe(1));
    await until(async () => expect(await count()).toBe(0));
    expect(received).toEqual([]);
  });

  test.each(['not base64!', Buffer.from([0xc3, 0x28]).toString('base64')])(
    'that is %s goes to the poison queue as it is, without a call',
    async (raw) => {
      await queue.sendMessage(raw);
      listen();
      const poison = service.getQueueClient(`${queue.name}-poison`);
      await until(async () => expect(await count(poison)).toBe(1));
      const [copy] = (await poison.receiveMessages()).receivedMessageItems;
      expect(copy?.messageText).toBe(raw);
      expect(received).toEqual([]);
      expect(log[0]).toEqual({
        level: 'warning',
        message: `${queue.name}: Message decoding has failed! Check MessageEncoding settings.`,
      });
    },
  );

  test('without encoding is taken as it is', async () => {
    await queue.sendMessage('plain text');
    listen(undefined, { settings: { ...settings, messageEncoding: 'none' } });
    await until(() => expect(received[0]?.text).toBe('plain text'));
  });

  test('of a poison queue that fails stays where it is, hidden', async () => {
    queue = await createQueue(`jobs-${queueNumber}-poison`);
    await send('text');
    listen(fail);
    await until(() => expect(log).toHaveLength(1));
    await listener?.stop();
    expect(attempts()).toEqual([1]);
    expect(await count()).toBe(1);
    expect((await queue.peekMessages()).peekedMessageItems).toEqual([]);
    expect(await count(service.getQueueClient(`${queue.name}-poison`))).toBe(0);
  });

  test('taken over by somebody else meanwhile is left to them', async () => {
    await send('text');
    listen(async ({ id = '', popReceipt = '' }) => {
      await queue.updateMessage(id, popReceipt, encode('theirs'), 60);
    });
    await until(() => expect(received).toHaveLength(1));
    await listener?.stop();
    expect(await count()).toBe(1);
    expect(log).toEqual([]);
  });
});

describe('a long run', () => {
  test('keeps its message hidden by renewing, and deletes it with the new receipt', async () => {
    const renewals = vi.spyOn(queue, 'updateMessage');
    await send('text');
    const gate = createDeferred<undefined>();
    listen(() => gate.promise, { timing: { visibilityMs: 600_000, renewEveryMs: 50 } });
    await until(() => expect(received).toHaveLength(1));
    const hiddenUntil = received[0]?.nextVisibleOn?.getTime();
    if (hiddenUntil === undefined) throw new Error('The storage service did not say until when.');
    // It tells the time in whole seconds.
    await until(() => {
      const moments = renewals.mock.settledResults.map(({ type, value }) =>
        type === 'fulfilled' ? (value.nextVisibleOn?.getTime() ?? 0) : 0,
      );
      expect(Math.max(...moments)).toBeGreaterThan(hiddenUntil);
    });
    expect((await queue.peekMessages()).peekedMessageItems).toEqual([]);
    gate.resolve(undefined);
    await until(async () => expect(await count()).toBe(0));
    expect(attempts()).toEqual([1]);
  });

  test('stops renewing when the message is gone', async () => {
    await send('text');
    const gate = createDeferred<undefined>();
    listen(() => gate.promise, { timing: { visibilityMs: 60_000, renewEveryMs: 20 } });
    await until(() => expect(received).toHaveLength(1));
    await queue.clearMessages();
    await until(() => expect(log).toHaveLength(1));
    gate.resolve(undefined);
    await listener?.stop();
    expect(log).toEqual([
      {
        level: 'warning',
        message: `${queue.name}: a message's invisibility was not renewed: MessageNotFound`,
      },
    ]);
  });
});

describe('a listener', () => {
  test('runs at most batchSize + newBatchThreshold messages at once', async () => {
    for (let number = 0; number < 12; number++) await send(String(number));
    let running = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    const fetches = vi.spyOn(queue, 'receiveMessages');
    listen(async () => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => waiting.push(resolve));
      running--;
    });
    await until(() => expect(running).toBe(4));
    waiting.shift()?.();
    await until(async () => expect(await count()).toBe(11));
    expect(fetches).toHaveBeenCalledTimes(1); // three in flight are more than the threshold

    waiting.shift()?.();
    await until(() => expect(running).toBe(6));
    expect(fetches).toHaveBeenCalledTimes(2);

    await until(async () => {
      waiting.splice(0).forEach((resolve) => resolve());
      expect(await count()).toBe(0);
    });
    expect([received.length, most]).toEqual([12, 6]);
  });

  test('waits for a queue that does not exist yet', async () => {
    await queue.delete();
    const later = service.getQueueClient(`later-${queueNumber}`);
    queue = later;
    listen();
    await later.create();
    await send('text');
    await until(() => expect(received).toHaveLength(1));
    expect(log).toEqual([]);
  });

  test('says once that its storage does not answer, and goes on asking', async () => {
    const nowhere = 'http://127.0.0.1:9/devstoreaccount1';
    const connection = azurite.connectionString.replace(
      /QueueEndpoint=[^;]+/,
      `QueueEndpoint=${nowhere}`,
    );
    const retryOptions = { maxTries: 1 };
    queue = QueueServiceClient.fromConnectionString(connection, { retryOptions }).getQueueClient(
      'x00',
    );
    const polls = vi.spyOn(queue, 'receiveMessages');
    listen();
    await until(() => expect(polls.mock.calls.length).toBeGreaterThan(3));
    expect(log).toEqual([{ level: 'error', message: 'x00: cannot be polled: ECONNREFUSED' }]);
  });

  test('that stops fetches nothing more and lets what runs end', async () => {
    await send('first');
    const gate = createDeferred<undefined>();
    listen(() => gate.promise);
    await until(() => expect(received).toHaveLength(1));
    const stopped = listener?.stop();
    await send('second');
    gate.resolve(undefined);
    await stopped;
    expect(received.map(({ text }) => text)).toEqual(['first']);
    expect((await queue.peekMessages()).peekedMessageItems.map((one) => one.messageText)).toEqual([
      encode('second'),
    ]);
  });

  test('gives back what arrives after it was told to stop', async () => {
    await send('text');
    const original = queue.receiveMessages.bind(queue);
    vi.spyOn(queue, 'receiveMessages').mockImplementation(async (...args) => {
      const answer = await original(...args);
      void listener?.stop();
      return answer;
    });
    listen();
    await until(async () => {
      expect((await queue.peekMessages()).peekedMessageItems).toHaveLength(1);
    });
    expect(received).toEqual([]);
  });
});

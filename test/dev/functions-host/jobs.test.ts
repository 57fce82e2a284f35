import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import type { QueueClient } from '@azure/storage-queue';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startPlainAzurite } from '../../support/azurite.ts';
import type { PlainAzurite } from '../../support/azurite.ts';
import { startApp } from './support/start-app.ts';
import type { AppOptions, RunningApp } from './support/start-app.ts';

let azurite: PlainAzurite;
let queue: QueueClient;
let app: RunningApp;
let queueNumber = 0;

beforeAll(async () => {
  azurite = await startPlainAzurite();
});
afterAll(() => azurite.close());
beforeEach(async () => {
  const service = QueueServiceClient.fromConnectionString(azurite.connectionString);
  queue = service.getQueueClient(`jobs-${++queueNumber}`);
  await queue.create();
});
afterEach(() => app.close());

async function start(options: AppOptions = {}): Promise<void> {
  app = await startApp('jobs', {
    ...options,
    // Some by the environment, some by local.settings.json.
    environment: { WORK_QUEUE: queue.name.toUpperCase() },
    values: {
      WORK_QUEUE: 'not this one',
      AzureWebJobsJobs: azurite.connectionString,
      AzureWebJobsStorage: azurite.connectionString,
      AzureFunctionsWebHost__hostid: queue.name,
    },
  });
}

const send = (text: string) => queue.sendMessage(Buffer.from(text).toString('base64'));
const until = (fact: () => void | Promise<void>) => vi.waitFor(fact, { timeout: 20_000 });
const count = async () => (await queue.getProperties()).approximateMessagesCount ?? 0;

interface Delivery {
  message: unknown;
  metadata: Record<string, unknown>;
  pid: number;
}
const deliveries = () =>
  app.observed().filter((one): one is Delivery => typeof one === 'object' && one !== null);

describe('a queue function', () => {
  test.each([
    ['{"a":[1,"b"]}', { a: [1, 'b'] }],
    ['[1,2]', [1, 2]],
    ['42', 42],
    ['true', true],
    ['null', null],
    ['"quoted"', 'quoted'],
    ['{not json', '{not json'],
    ['', ''],
  ])('gets the message %s as %j', async (text, message) => {
    await start();
    await send(text);
    await until(() => expect(deliveries().map((one) => one.message)).toEqual([message]));
  });

  test('gets the metadata of the message, the payload merged in, camel-cased', async () => {
    await start();
    await send('{"RunId":"r1","id":"mine","Nested":{"Count":1},"list":[1]}');
    await until(() => expect(deliveries()).toHaveLength(1));
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/) as string;
    expect(deliveries()[0]?.metadata).toEqual({
      queueTrigger: { runId: 'r1', id: 'mine', nested: { count: 1 }, list: [1] },
      dequeueCount: 1,
      id: 'mine',
      popReceipt: expect.any(String) as string,
      insertionTime: time,
      expirationTime: time,
      nextVisibleTime: time,
      runId: 'r1',
      nested: { count: 1 },
    });
  });

  test('called by hand sees dequeue count 0', async () => {
    await start();
    expect(await app.fire('work', 'text')).toBe(202);
    await until(() => expect(deliveries()).toHaveLength(1));
    expect(deliveries()[0]).toMatchObject({
      message: 'text',
      metadata: { queueTrigger: 'text', dequeueCount: 0 },
    });
  });

  test('never has its payload logged', async () => {
    await start({ logLevel: 'trace' });
    await send('{"do":"failOnce","secret":"very private"}');
    await until(async () => expect(await count()).toBe(0));
    expect(app.lines.join('\n')).toContain('Failed in');
    expect(app.lines.join('\n')).not.toContain('very private');
  });
});

describe('a timer function', () => {
  test('fired by hand gets its schedule and status, and no trigger metadata', async () => {
    await start();
    const path = `timers/${queue.name}/Host.Functions.yearly/status`;
    const blob = BlobServiceClient.fromConnectionString(azurite.connectionString)
      .getContainerClient('azure-webjobs-hosts')
      .getBlobClient(path);
    await until(async () => expect(await blob.exists()).toBe(true));
    expect(await app.fire('yearly')).toBe(202);
    await until(() => expect(app.observed()).toHaveLength(1));
    const next = `${new Date().getUTCFullYear() + 1}-01-01T00:00:00+00:00`;
    expect(app.observed()).toEqual([
      {
        timer: {
          schedule: { adjustForDST: true },
          scheduleStatus: {
            last: '0001-01-01T00:00:00+00:00',
            next,
            lastUpdated: expect.any(String) as string,
          },
          isPastDue: false,
        },
        metadata: null,
      },
    ]);
  });
});

describe('POST /admin/functions/{name}', () => {
  test('wants the key, a known function and a sensible body', async () => {
    await start();
    const post = async (path: string, key: string, body?: string) => {
      const headers = { 'x-functions-key': key };
      const init = { method: 'POST', headers, ...(body !== undefined && { body }) };
      return (await app.call(`/admin/functions/${path}`, init)).status;
    };
    expect(await post('yearly', 'wrong')).toBe(401);
    expect(await post('nothing', 'test-key')).toBe(404);
    expect(await post('pid', 'test-key')).toBe(400);
    expect(await post('yearly', 'test-key', '[]')).toBe(400);
    expect(await post('yearly', 'test-key', 'no json')).toBe(400);
    expect(await post('YEARLY', 'test-key')).toBe(202);
    expect((await app.call('/admin/functions/yearly?code=test-key')).status).toBe(404);
    expect((await app.call('/admin/host/status?code=test-key')).status).toBe(404);
  });
});

describe('functionTimeout', () => {
  test('fails what is running, restarts the instance, and the message comes back', async () => {
    await start({ hostJson: { functionTimeout: '00:00:01' } });
    const [before] = app.instances();
    await send('{"do":"hang"}');
    await until(() => expect(deliveries().map((one) => one.metadata['dequeueCount'])).toContain(2));
    expect(app.instances()[0]?.pid).not.toBe(before?.pid);
    expect(app.lines.join('\n')).toMatch(
      /Failed in \d+ ms: Error: function 'work' ran longer than functionTimeout \(1 s\)/,
    );
    await queue.clearMessages();
  });

  test('answers an HTTP request that is still running with 500', async () => {
    await start({ hostJson: { functionTimeout: '00:00:01' } });
    expect((await app.call('/api/hold')).status).toBe(500);
    expect((await app.call('/api/pid')).status).toBe(200);
  });
});

describe('an instance', () => {
  test('that is killed is replaced, and requests wait for the new one', async () => {
    await start();
    const [before] = app.instances();
    process.kill(before?.pid ?? 0, 'SIGKILL');
    const response = await app.call('/api/pid');
    const after: unknown = await response.json();
    expect(response.status).toBe(200);
    expect(after).not.toBe(before?.pid);
    expect(app.instances()).toEqual([{ index: 1, pid: after }]);
    const replaced = `instance 1 (pid ${before?.pid ?? 0}) ended by SIGKILL, replacing`;
    expect(app.lines.join('\n')).toContain(replaced);
  });

  test('that dies before it answered costs its request a 502', async () => {
    await start();
    const [before] = app.instances();
    const answer = app.call('/api/hold');
    await until(() => expect(app.observed()).toEqual(['started']));
    process.kill(before?.pid ?? 0, 'SIGKILL');
    expect((await answer).status).toBe(502);
  });

  test('that exits by itself is replaced too', async () => {
    await start();
    const [before] = app.instances();
    await send('{"do":"exit"}');
    await until(() => expect(app.lines.join('\n')).toContain('ended by exit code 7, replacing'));
    expect(await (await app.call('/api/pid')).json()).not.toBe(before?.pid);
  });

  test('told to stop by its own SIGTERM ends its work first', async () => {
    await start({ instances: 2 });
    const answers = [app.call('/api/hold'), app.call('/api/hold')];
    await until(() => expect(app.observed()).toHaveLength(2));
    const [first] = app.instances();
    process.kill(first?.pid ?? 0, 'SIGTERM');
    app.release();
    const pids = await Promise.all((await Promise.all(answers)).map((one) => one.json()));
    expect(pids).toContain(first?.pid);
    await until(() => expect(app.instances().map((one) => one.pid)).not.toContain(first?.pid));
  });

  test('takes requests in turn with the others', async () => {
    await start({ instances: 3 });
    const pids = [];
    for (let call = 0; call < 6; call++) pids.push(await (await app.call('/api/pid')).json());
    expect(new Set(pids)).toEqual(new Set(app.instances().map((one) => one.pid)));
  });
});

describe('stopping', () => {
  test('lets a message end and deletes it, then runs the appTerminate hook', async () => {
    await start();
    await send('{"do":"hold"}');
    await until(() => expect(deliveries()).toHaveLength(1));
    const stopped = app.stop();
    app.release();
    await stopped;
    expect(app.observed().slice(1)).toEqual(['finished', 'terminated']);
    expect(await count()).toBe(0);
  });

  test('lets a request end, and takes no other', async () => {
    await start();
    const answer = app.call('/api/hold');
    await until(() => expect(app.observed()).toEqual(['started']));
    const stopped = app.stop();
    await expect(app.call('/api/pid')).rejects.toThrow();
    app.release();
    expect((await answer).status).toBe(200);
    await stopped;
  });

  test('waits no longer than its limit', async () => {
    await start({ stopTimeoutMs: 200 });
    await send('{"do":"hang"}');
    await until(() => expect(deliveries()).toHaveLength(1));
    await app.stop();
    expect(app.instances()).toEqual([]);
    expect(app.observed().at(-1)).toBe('terminated');
    expect(await count()).toBe(1);
  });
});

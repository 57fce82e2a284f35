import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalApp, startLocalApp, until } from '../support/local-app.ts';

let app: LocalApp;

beforeAll(async () => {
  app = await startLocalApp({
    graph: { fleet: { devices: 10 } },
    // A failed message comes again at once, so that the five deliveries take no time.
    settings: { AzureFunctionsJobHost__extensions__queues__visibilityTimeout: '00:00:00' },
  });
});
afterAll(() => app.close());

const unknownRun = '8204751216926-8d117533';
const forged: [what: string, queue: string, entry: object | string][] = [
  ['a batch of an unknown run', 'sync-batches', { runId: unknownRun, batch: 0 }],
  ['a plan of an unknown run', 'sync-plans', { runId: unknownRun }],
  ['a monitor of an unknown run', 'sync-monitor', { runId: unknownRun }],
  ['an extra field', 'sync-batches', { runId: unknownRun, batch: 0, action: 'wipe' }],
  ['a device id', 'sync-plans', { runId: unknownRun, deviceIds: ['x'] }],
  ['a batch number that is none', 'sync-batches', { runId: unknownRun, batch: -1 }],
  ['a run id that is none', 'sync-batches-urgent', { runId: "' or 1 eq 1", batch: 0 }],
  ['a run id that is an object', 'sync-batches', { runId: { $ne: '' }, batch: 0 }],
  ['a run id that is a path', 'sync-plans', { runId: `../${unknownRun}` }],
  ['a batch number in words', 'sync-batches', { runId: unknownRun, batch: '0' }],
  ['a batch number with a fraction', 'sync-batches-urgent', { runId: unknownRun, batch: 0.5 }],
  ['a batch number beyond all batches', 'sync-batches', { runId: unknownRun, batch: 1e9 }],
  ['an address', 'sync-monitor', { runId: unknownRun, nextLink: 'https://127.0.0.1:1/devices' }],
  ['a prototype', 'sync-batches', `{"runId":"${unknownRun}","__proto__":{"batch":0}}`],
  ['a name twice', 'sync-batches', `{"runId":"${unknownRun}","batch":0,"batch":1}`],
  ['text that is not JSON', 'sync-batches', 'sync everything'],
  ['a list', 'sync-monitor', '[1, 2]'],
  ['nothing', 'sync-plans', 'null'],
];

it.each(forged)(
  'a message with %s is refused without a call to Graph',
  async (_what, queue, entry) => {
    const before = app.environment.graph.statistics().requests;
    const logged = app.log.length;
    await app.send(queue, entry);
    // Its poison queue's handler sees it last: after five refusals the message is gone.
    await until(async () => {
      const isOver = app.log
        .slice(logged)
        .some((line) => line.includes('Poison') && /succeeded/i.test(line));
      const { approximateMessagesCount } = await app.queues.getQueueClient(queue).getProperties();
      return isOver && approximateMessagesCount === 0 ? true : undefined;
    });

    expect(app.environment.graph.statistics().requests).toBe(before);
  },
);

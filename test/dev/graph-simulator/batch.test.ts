import { describe, expect, it } from 'vitest';
import { aGraph } from './support/a-graph.ts';
import { aReadyFleet } from './support/fleets.ts';
import { errorOf, itemsOf, listIds, postBatch, syncItem } from './support/graph-calls.ts';

const get = (id: string, url: string) => ({ id, method: 'GET', url });

describe('$batch', () => {
  it('answers 200, and each item with its own status', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(2) });
    const [id = ''] = await listIds(graph);
    const answer = await postBatch(graph, [
      syncItem('1', id),
      syncItem('2', '12345678-1234-4123-8123-123456789abc'),
      get('3', 'deviceManagement/managedDevices?$select=id&$top=1'),
      get('4', '/v1.0/deviceManagement/managedDevices'),
      get('5', 'https://example.com/v1.0/me'),
    ]);
    expect(answer.status).toBe(200);
    const items = itemsOf(answer);
    expect(items.map(({ id, status }) => [id, status])).toEqual([
      ['1', 204],
      ['2', 404],
      ['3', 200],
      ['4', 400],
      ['5', 400],
    ]);
    expect(items[0]).toEqual({
      id: '1',
      status: 204,
      headers: { 'Cache-Control': 'no-cache' },
      body: null,
    });
    expect(items[2]?.body).toMatchObject({ value: [{ id: expect.any(String) as string }] });
    expect(graph.simulator.statistics()).toMatchObject({
      batchRequests: 1,
      batchItems: 5,
      writes: 2,
      listRequests: 2,
      itemStatuses: { 200: 1, 204: 1, 400: 2, 404: 1 },
    });
  });

  it('answers in another order than it was asked', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(20) });
    const ids = await listIds(graph);
    const asked = ids.map((id, at) => syncItem(String(at), id));
    const answer = await postBatch(graph, asked);
    expect(itemsOf(answer).map(({ id }) => id)).toEqual(asked.map(({ id }) => id));
    expect([...answer.text.matchAll(/"id":"(\d+)"/g)].map(([, id]) => id)).not.toEqual(
      asked.map(({ id }) => id),
    );
  });

  it('counts items one by one against the quota, and throttles them alone', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(20), quota: { appWrites: 15 } });
    const ids = await listIds(graph);
    const items = itemsOf(
      await postBatch(
        graph,
        ids.map((id, at) => syncItem(String(at), id)),
      ),
    );
    expect(items.map(({ status }) => status)).toEqual([
      ...Array<number>(15).fill(204),
      ...Array<number>(5).fill(429),
    ]);
    const waits = items
      .slice(15)
      .map(({ headers }) => headers['Retry-After'] ?? headers['retry-after']);
    expect(waits).toEqual(Array(5).fill('20'));
    expect(graph.simulator.statistics()).toMatchObject({
      writes: 20,
      throttled: 5,
      devicesSynced: 15,
    });
  });

  it('reads devices by id, which counts against the quota of all requests', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(20), quota: { appRequests: 21 } });
    const ids = await listIds(graph);
    const one = (id: string, at: number) =>
      get(String(at), `/deviceManagement/managedDevices/${id}?$select=id`);
    const items = itemsOf(await postBatch(graph, ids.map(one)));
    expect(items.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(items.map(({ body }) => body)).toMatchObject(ids.map((id) => ({ id })));
    const more = itemsOf(await postBatch(graph, ids.slice(0, 1).map(one)));
    expect(more.map(({ status }) => status)).toEqual([429]);
    expect(graph.simulator.statistics()).toMatchObject({ writes: 0, throttled: 1 });
  });

  it('writes header names in either case', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(20), quota: { appWrites: 0 } });
    const ids = await listIds(graph);
    const items = itemsOf(
      await postBatch(
        graph,
        ids.map((id, at) => syncItem(String(at), id)),
      ),
    );
    const names = new Set(items.flatMap(({ headers }) => Object.keys(headers)));
    expect([...names].toSorted()).toEqual(['Content-Type', 'Retry-After', 'retry-after']);
  });

  it('fails what depends on a failed item with 424', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1) });
    const [id = ''] = await listIds(graph);
    const items = itemsOf(
      await postBatch(graph, [
        get('1', '/shoes'),
        { ...syncItem('2', id), dependsOn: ['1'] },
        { ...syncItem('3', id), dependsOn: ['2'] },
        syncItem('4', id),
      ]),
    );
    expect(items.map(({ status }) => status)).toEqual([400, 424, 424, 204]);
  });

  const list = '/deviceManagement/managedDevices';
  it.each([
    ['without requests', undefined, 'Invalid batch payload format.'],
    ['with an empty list', [], 'Invalid batch payload format.'],
    ['with an item without a method', [{ id: '1', url: list }], 'Invalid batch payload format.'],
    [
      'with more than 20 items',
      Array.from({ length: 21 }, (_, at) => get(String(at), list)),
      'Number of batch request steps exceeds the max value of 20.',
    ],
    [
      'with ids that differ only in case',
      [get('a', list), get('A', list)],
      'Request Id : A is not unique in the batch.',
    ],
    [
      'with a POST that has no body',
      [{ id: '1', method: 'POST', url: list, headers: { 'content-type': 'application/json' } }],
      'Write request id : 1 does not contain Content-Type header or body.',
    ],
    [
      'with a POST that has no content type',
      [{ id: '1', method: 'POST', url: list, body: {} }],
      'Write request id : 1 does not contain Content-Type header or body.',
    ],
    [
      'that depends on what comes later',
      [{ ...get('1', list), dependsOn: ['2'] }, get('2', list)],
      'Request Id : 1 depends on 2, which does not precede it.',
    ],
  ])('%s is refused as a whole', async (_, requests, message) => {
    const graph = await aGraph();
    expect(errorOf(await postBatch(graph, requests))).toMatchObject({
      status: 400,
      code: 'BadRequest',
      message,
    });
    expect(graph.simulator.statistics()).toMatchObject({ batchRequests: 0, batchItems: 0 });
  });
});

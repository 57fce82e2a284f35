import { describe, expect, it } from 'vitest';
import { getDevicesById } from '../../../src/adapters/graph/get-devices-by-id.ts';
import { selectedProperties } from '../../../src/adapters/graph/managed-device.ts';
import { listingFailed, missingPermission } from '../../../src/core/problems.ts';
import { LIST_DEVICES_ROLE } from '../../../src/core/roles.ts';
import { collect } from '../../support/collect.ts';
import { aDevice, aDeviceId } from '../../support/factories.ts';
import { type TestGraph, type Turn, aGraph } from './support/a-graph.ts';
import { aTenant } from './support/a-tenant.ts';
import { onWire } from './support/pages.ts';

const policy = { maxRetries: 2, initialDelayMs: 5_000, maxDelayMs: 300_000 };
const role = LIST_DEVICES_ROLE;

const device = (number: number) => aDevice({ id: aDeviceId(number), name: `WS-${number}` });
const ids = (...numbers: number[]) => numbers.map((number) => aDeviceId(number));

/** What comes of a request in a batch; its place there is its id. */
type Item = { status: number; headers?: object; body?: unknown } | undefined;

const found = (number: number): Item => ({ status: 200, body: onWire(device(number)) });
const throttled = (wait?: string): Item => ({
  status: 429,
  headers: wait === undefined ? {} : { 'Retry-After': wait },
});

/** The answer to a batch; an item that is `undefined` is left out. */
function aBatch(...items: Item[]): Turn {
  const responses = items.map((item, place) => ({ id: String(place + 1), ...item }));
  return { body: { responses: responses.filter((_, place) => items[place] !== undefined) } };
}

const get = (graph: TestGraph, wanted: readonly string[]) =>
  collect(getDevicesById({ ...graph, random: () => 1, policy, role }, wanted));

/** The ids of each batch that was asked for. */
const asked = ({ requests }: TestGraph) =>
  requests.map(({ body }) => {
    const batch = JSON.parse(body) as { requests: { url: string }[] };
    return batch.requests.map(({ url }) => /managedDevices\/([^?]+)/.exec(url)?.[1]);
  });

describe('devices by their ids', () => {
  it('are asked for 20 at a time, for the least that is needed', async () => {
    const numbers = Array.from({ length: 21 }, (_, place) => place + 1);
    const graph = await aGraph(aBatch(...numbers.slice(0, 20).map(found)), aBatch(found(21)));
    expect(await get(graph, ids(...numbers))).toEqual([
      { found: numbers.slice(0, 20).map(device), missing: [] },
      { found: [device(21)], missing: [] },
    ]);
    expect(asked(graph)).toEqual([ids(...numbers.slice(0, 20)), ids(21)]);
    expect(graph.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /v1.0/$batch',
      'POST /v1.0/$batch',
    ]);
    expect(JSON.parse(graph.requests[1]?.body ?? '')).toEqual({
      requests: [
        {
          id: '1',
          method: 'GET',
          url: `/deviceManagement/managedDevices/${aDeviceId(21)}?$select=${selectedProperties.join(',')}`,
        },
      ],
    });
  });

  it('are none when none is asked for', async () => {
    const graph = await aGraph(aBatch());
    expect(await get(graph, [])).toEqual([]);
    expect(graph.requests).toEqual([]);
  });

  it.each([400, 404, 410])('that answer %i are missing, and the others are not', async (status) => {
    const graph = await aGraph(aBatch({ status }, found(2)));
    expect(await get(graph, ids(1, 2))).toEqual([{ found: [device(2)], missing: ids(1) }]);
    expect(graph.requests).toHaveLength(1);
  });
});

describe('a device that is throttled', () => {
  it('is waited for, and asked for again alone', async () => {
    const graph = await aGraph(aBatch(found(1), throttled('7'), { status: 404 }), aBatch(found(2)));
    expect(await get(graph, ids(1, 2, 3))).toEqual([
      { found: [device(1)], missing: ids(3) },
      { found: [device(2)], missing: [] },
    ]);
    expect(graph.sleeps).toEqual([7_000]);
    expect(asked(graph)).toEqual([ids(1, 2, 3), ids(2)]);
  });

  it('is asked for as often as it takes', async () => {
    const graph = await aGraph(
      ...Array.from({ length: 9 }, () => aBatch(throttled('3'))),
      aBatch(found(1)),
    );
    expect((await get(graph, ids(1))).at(-1)).toEqual({ found: [device(1)], missing: [] });
    expect(graph.sleeps).toEqual(Array.from({ length: 9 }, () => 3_000));
  });

  it('for too long to sit out ends the list, which says how long', async () => {
    const graph = await aGraph(aBatch(found(1), throttled('31')));
    await expect(get(graph, ids(1, 2))).rejects.toMatchObject({
      problem: listingFailed('Graph asked for a long wait.'),
      retryAfterMs: 31_000,
    });
    expect(graph.sleeps).toEqual([]);
  });
});

describe('a device without a usable answer', () => {
  it.each<[string, Item]>([
    ['left out of the batch', undefined],
    ['answered with 503', { status: 503 }],
    ['answered with a body that is no device', { status: 200, body: { id: 'x' } }],
    ['answered without a body', { status: 200 }],
  ])('%s is asked for again, and is never taken for missing', async (_, item) => {
    const graph = await aGraph(aBatch(item, found(2)), aBatch(found(1)));
    expect(await get(graph, ids(1, 2))).toEqual([
      { found: [device(2)], missing: [] },
      { found: [device(1)], missing: [] },
    ]);
    expect(graph.sleeps).toEqual([5_000]);
  });

  it('again and again fails the list loudly', async () => {
    const graph = await aGraph(aBatch({ status: 503 }));
    const why = 'A page of the list still failed after its retries: status 503.';
    await expect(get(graph, ids(1))).rejects.toMatchObject({ problem: listingFailed(why) });
    expect(graph.requests).toHaveLength(1 + policy.maxRetries);
  });

  it('for a token that is too old is asked for again with a new one', async () => {
    const graph = await aGraph(aBatch({ status: 401 }), aBatch(found(1)));
    await get(graph, ids(1));
    expect(graph.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer token-0',
      'Bearer token-1',
    ]);
  });

  it('for a missing permission ends the list, which names the permission', async () => {
    const graph = await aGraph(aBatch({ status: 403 }));
    await expect(get(graph, ids(1))).rejects.toMatchObject({ problem: missingPermission([role]) });
  });
});

describe('a batch that fails as a whole', () => {
  it.each<[string, Turn]>([
    ['429', { status: 429, headers: { 'Retry-After': '5' } }],
    ['503', { status: 503 }],
    ['a cut connection', 'reset'],
    ['HTML', { body: '<html></html>' }],
  ])('with %s is asked for again after a sign of life', async (_, failing) => {
    const graph = await aGraph(failing, aBatch(found(1)));
    expect(await get(graph, ids(1))).toEqual([
      { found: [], missing: [] },
      { found: [device(1)], missing: [] },
    ]);
    expect(graph.sleeps).toEqual([5_000]);
  });
});

describe('devices of a simulated fleet', () => {
  it('are the same by id as in the list, and unknown ids are missing', async () => {
    const { directory, list, simulator } = await aTenant({ fleet: { devices: 45 } });
    const listed = await list();
    const unknown = [aDeviceId(1), aDeviceId(2)];
    simulator.resetStatistics();
    const wanted = [...unknown, ...listed.map(({ id }) => id)];
    const chunks = await collect(directory.getDevices(wanted));
    expect(chunks.flatMap(({ found: devices }) => devices)).toEqual(listed);
    expect(chunks.flatMap(({ missing }) => missing)).toEqual(unknown);
    expect(simulator.statistics()).toMatchObject({ batchRequests: 3, listRequests: 0, writes: 0 });
  });

  it('are all there through throttling, failures and lost answers', async () => {
    const { directory, list, simulator, sleeps } = await aTenant({
      fleet: { devices: 200, seed: 5 },
    });
    const listed = await list();
    simulator.setFaults({ throttledRate: 0.1, rate503: 0.1, missingItemRate: 0.1 });
    const chunks = await collect(directory.getDevices(listed.map(({ id }) => id)));
    const byId = new Map(
      chunks.flatMap(({ found: devices }) => devices).map((one) => [one.id, one]),
    );
    expect(listed.filter(({ id }) => !byId.has(id))).toEqual([]);
    expect(chunks.flatMap(({ missing }) => missing)).toEqual([]);
    expect(sleeps.length).toBeGreaterThan(0);
  });
});

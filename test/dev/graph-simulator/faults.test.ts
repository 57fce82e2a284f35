import { describe, expect, it } from 'vitest';
import { faultPresets, noFaults, type FaultsChange } from '../../../dev/graph-simulator/index.ts';
import { aGraph, type TestGraph } from './support/a-graph.ts';
import { aReadyFleet } from './support/fleets.ts';
import {
  devicesPath,
  errorOf,
  itemsOf,
  listIds,
  listPages,
  pageOf,
  postBatch,
  syncDevice,
  syncItem,
} from './support/graph-calls.ts';

async function aFaultyGraph(faults: FaultsChange, devices = 20): Promise<[TestGraph, string[]]> {
  const graph = await aGraph({ fleet: aReadyFleet(devices) });
  const ids = await listIds(graph);
  graph.simulator.resetStatistics();
  graph.simulator.setFaults(faults);
  return [graph, ids];
}

const syncItems = (ids: readonly string[]) => ids.map((id, at) => syncItem(String(at), id));

describe('an injected status', () => {
  it.each([
    [{ throttledRate: 1 }, 429, 'TooManyRequests'],
    [{ rate500: 1 }, 500, 'InternalError'],
    [{ rate502: 1 }, 502, 'UnknownError'],
    [{ rate503: 1 }, 503, 'ServiceUnavailable'],
    [{ rate504: 1 }, 504, 'UnknownError'],
  ])('%j is answered, and the write has counted', async (faults, status, code) => {
    const [graph, [id = '']] = await aFaultyGraph(faults);
    expect(errorOf(await syncDevice(graph, id))).toMatchObject({ status, code });
    expect(graph.simulator.statistics()).toMatchObject({
      writes: 1,
      devicesSynced: 0,
      throttled: status === 429 ? 1 : 0,
      faults: { [`status${status}`]: 1 },
    });
  });

  it('comes at its rate, to batches and to the items in them', async () => {
    const [graph, ids] = await aFaultyGraph({ rate503: 0.2 });
    const outer: number[] = [];
    const inner: number[] = [];
    for (let round = 0; round < 100; round++) {
      const answer = await postBatch(graph, syncItems(ids));
      outer.push(answer.status);
      if (answer.status === 200) inner.push(...itemsOf(answer).map(({ status }) => status));
      graph.clock.advance(20_000);
    }
    expect(shareOf(outer, 503)).toBeCloseTo(0.2, 0);
    expect(shareOf(inner, 503)).toBeCloseTo(0.2, 1);
    expect(shareOf(inner, 503) + shareOf(inner, 204)).toBe(1);
  });

  it('is the same for the same seed and the same requests', async () => {
    const run = async () => {
      const [graph, ids] = await aFaultyGraph({ rate500: 0.5 });
      const statuses = [];
      for (const id of ids) statuses.push((await syncDevice(graph, id)).status);
      return statuses;
    };
    const statuses = await run();
    expect(new Set(statuses)).toEqual(new Set([204, 500]));
    expect(await run()).toEqual(statuses);
  });
});

describe('Retry-After', () => {
  it.each([
    ['seconds', '3'],
    ['fraction', '2.128'],
    ['date', 'Sat, 21 Nov 2026 08:00:03 GMT'],
    ['negative', '-1'],
    ['absurd', '31536000000'],
    ['unreadable', 'soon'],
    ['absent', undefined],
  ] as const)('in the form %s is %s', async (retryAfterForm, expected) => {
    const retryAfterSeconds = 2.128;
    const [graph] = await aFaultyGraph({ throttledRate: 1, retryAfterForm, retryAfterSeconds });
    expect((await graph.call(devicesPath)).headers['retry-after']).toBe(expected);
  });

  it('is left out for a share of the throttled requests, of the quota, too', async () => {
    const graph = await aGraph({
      quota: { appRequests: 0 },
      faults: { retryAfterAbsentShare: 0.5 },
    });
    const values = new Set<unknown>();
    for (let call = 0; call < 30; call++) {
      values.add((await graph.call(devicesPath)).headers['retry-after']);
    }
    expect(values).toEqual(new Set([undefined, '20']));
  });
});

describe('a broken transport', () => {
  it('cuts the connection, half the time after the sync was done', async () => {
    const [graph, ids] = await aFaultyGraph({ resetRate: 1 }, 100);
    for (const id of ids) await expect(syncDevice(graph, id)).rejects.toThrow('socket hang up');
    const { writes, devicesSynced, faults } = graph.simulator.statistics();
    expect(faults['resetAfter']).toBe(devicesSynced);
    expect(writes).toBe(devicesSynced);
    expect(Number(faults['resetBefore']) + devicesSynced).toBe(100);
    expect(devicesSynced).toBeGreaterThan(20);
    expect(devicesSynced).toBeLessThan(80);
  });

  it('cuts an answer off in the middle of its JSON, after the work was done', async () => {
    const [graph, ids] = await aFaultyGraph({ malformedRate: 1 });
    const answer = await postBatch(graph, syncItems(ids));
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('application/json');
    expect(() => JSON.parse(answer.text) as unknown).toThrow(SyntaxError);
    expect(graph.simulator.statistics().devicesSynced).toBe(20);
  });

  it("puts a gateway's HTML page in the place of an answer", async () => {
    const [graph, [id = '']] = await aFaultyGraph({ htmlRate: 1 });
    const answer = await syncDevice(graph, id);
    expect([answer.status, answer.headers['content-type']]).toEqual([
      502,
      'text/html; charset=utf-8',
    ]);
    expect(answer.text).toContain('<!DOCTYPE html>');
    expect(graph.simulator.statistics()).toMatchObject({ writes: 0, statuses: { 502: 1 } });
  });

  it('loses batch items, half of them after they were done', async () => {
    const [graph, ids] = await aFaultyGraph({ missingItemRate: 1 });
    for (let round = 0; round < 5; round++) {
      const answer = await postBatch(graph, syncItems(ids));
      expect(itemsOf(answer)).toEqual([]);
      graph.clock.advance(20_000);
    }
    const { writes, faults } = graph.simulator.statistics();
    expect(faults).toEqual({ missingAfter: writes, missingBefore: 100 - writes });
    expect(writes).toBeGreaterThan(20);
    expect(writes).toBeLessThan(80);
  });
});

describe('a slow or broken listing', () => {
  it('takes the latency, with its spread, and longer for a slow page', async () => {
    const graph = await aGraph({ latencyMs: 50, faults: { slowPageRate: 1, slowPageMs: 3000 } });
    await graph.call(devicesPath);
    expect(graph.clock.slept).toEqual([3050]);
    graph.simulator.setFaults({ slowPageRate: 0, latencySpreadMs: 10 });
    await graph.call(devicesPath);
    expect(graph.clock.slept[1]).toBeGreaterThan(50);
    expect(graph.clock.slept[1]).toBeLessThan(60);
  });

  it('fails on the given page, every time, and on no other', async () => {
    const [graph] = await aFaultyGraph({ failingPage: 2 });
    const first = pageOf(await graph.call(`${devicesPath}?$top=5`));
    for (const _ of [1, 2, 3]) {
      expect(errorOf(await graph.call(first.next ?? ''))).toMatchObject({
        status: 504,
        code: 'UnknownError',
      });
    }
    graph.simulator.setFaults({ failingPage: 3 });
    expect(pageOf(await graph.call(first.next ?? '')).devices).toHaveLength(5);
  });

  it('has empty pages in between, and still every device once', async () => {
    const [graph, ids] = await aFaultyGraph({ emptyPageRate: 1 });
    const pages = await listPages(graph, '$top=10&$select=id');
    expect(pages.map((page) => page.length)).toEqual([0, 10, 0, 10]);
    expect(pages.flat().map(({ id }) => id)).toEqual(ids);
  });
});

describe('a storm', () => {
  it('throttles every write until it is over, and nothing else', async () => {
    const [graph, [id = '']] = await aFaultyGraph({ throttleUntil: 30_000, retryAfterSeconds: 7 });
    const first = await syncDevice(graph, id);
    expect([first.status, first.headers['retry-after']]).toEqual([429, '7']);
    expect((await graph.call(devicesPath)).status).toBe(200);
    graph.clock.advance(29_999);
    expect((await syncDevice(graph, id)).status).toBe(429);
    graph.clock.advance(1);
    expect((await syncDevice(graph, id)).status).toBe(204);
    expect(graph.simulator.statistics()).toMatchObject({
      writes: 3,
      throttled: 2,
      devicesSynced: 1,
      faults: { throttleUntil: 2 },
    });
  });

  it('throttles each item of a batch, in the given form of Retry-After', async () => {
    const [graph, ids] = await aFaultyGraph({ throttleUntil: 1000, retryAfterForm: 'negative' });
    const items = itemsOf(
      await postBatch(
        graph,
        ids.slice(0, 3).map((id, at) => syncItem(String(at), id)),
      ),
    );
    const waits = items.map(({ headers }) => headers['Retry-After'] ?? headers['retry-after']);
    expect(items.map(({ status }) => status)).toEqual([429, 429, 429]);
    expect(waits).toEqual(['-1', '-1', '-1']);
  });

  it('goes on when another fault changes, and ends with null or a preset', async () => {
    const [graph, [id = '']] = await aFaultyGraph({ throttleUntil: 60_000 });
    graph.simulator.setFaults({ retryAfterSeconds: 1 });
    expect((await syncDevice(graph, id)).status).toBe(429);
    graph.simulator.setFaults({ throttleUntil: null });
    expect((await syncDevice(graph, id)).status).toBe(204);
    graph.simulator.setFaults({ throttleUntil: 60_000 });
    expect((await syncDevice(graph, id)).status).toBe(429);
    graph.simulator.setFaults('none');
    expect((await syncDevice(graph, id)).status).toBe(204);
  });
});

describe('Multi Admin Approval', () => {
  it('refuses device actions with 403, and nothing else', async () => {
    const [graph, [id = '']] = await aFaultyGraph({ multiAdminApproval: true });
    const error = errorOf(await syncDevice(graph, id));
    expect(error).toMatchObject({ status: 403, code: 'Forbidden' });
    expect(error.message).toContain('requires Multi Admin Approval');
    expect((await graph.call(devicesPath)).status).toBe(200);
  });
});

describe('the presets', () => {
  it('add up to what they promise', () => {
    const { typical, severe, none } = faultPresets;
    const serverErrors = (one: typeof typical) =>
      one.rate500 + one.rate502 + one.rate503 + one.rate504;
    expect({ ...none, latencyMs: 0, latencySpreadMs: 0, bulkLatencyMs: 0 }).toEqual(noFaults);
    expect(serverErrors(typical)).toBeCloseTo(0.01);
    expect(typical.throttledRate).toBe(0.005);
    expect(serverErrors(severe)).toBeCloseTo(0.05);
    expect(severe).toMatchObject({
      throttledRate: 0.03,
      retryAfterAbsentShare: 0.5,
      resetRate: 0.01,
      malformedRate: 0.01,
      htmlRate: 0.01,
      missingItemRate: 0.02,
      bulkFailedShare: 0.02,
      bulkOmittedShare: 0.02,
    });
  });

  it('are applied by name, and leave the latency as it is', async () => {
    const graph = await aGraph({ latencyMs: 7, faults: 'severe' });
    const inForce = async (): Promise<unknown> =>
      (await fetch(`${graph.simulator.controlUrl}/faults`)).json();
    expect(await inForce()).toEqual({ ...noFaults, ...faultPresets.severe, latencyMs: 7 });
    graph.simulator.setFaults('none');
    expect(await inForce()).toEqual({ ...noFaults, latencyMs: 7 });
  });

  it('are refused when the name or a field is wrong, and nothing changes', async () => {
    const graph = await aGraph({ faults: 'typical' });
    const wrong = [
      ['horrible', 'faults: '],
      [{ rate500: 2 }, 'faults.rate500: '],
      [{ rate501: 0 }, '"rate501"'],
      [{ rate500: 0.6, rate502: 0.6 }, 'must not add up to more than 1'],
      [{ resetRate: 0.6, htmlRate: 0.6 }, 'must not add up to more than 1'],
      [{ bulkFailedShare: 0.6, bulkOmittedShare: 0.6 }, 'must not add up to more than 1'],
      [{ throttleUntil: -1 }, 'faults.throttleUntil: '],
    ] as [FaultsChange, string][];
    for (const [change, message] of wrong) {
      expect(() => graph.simulator.setFaults(change)).toThrow(message);
    }
    const inForce: unknown = await (await fetch(`${graph.simulator.controlUrl}/faults`)).json();
    expect(inForce).toEqual({ ...noFaults, ...faultPresets.typical });
  });
});

function shareOf(statuses: readonly number[], status: number): number {
  return statuses.filter((one) => one === status).length / statuses.length;
}

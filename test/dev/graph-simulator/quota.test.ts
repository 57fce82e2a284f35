import { describe, expect, it } from 'vitest';
import { aGraph, type TestGraph } from './support/a-graph.ts';
import { startOfTime } from './support/a-clock.ts';
import { aToken } from './support/a-token.ts';
import { control } from './support/control.ts';
import { aReadyFleet } from './support/fleets.ts';
import { devicesPath, listIds, syncDevice } from './support/graph-calls.ts';

/** The statuses of `count` syncs in a row. */
async function syncTimes(graph: TestGraph, count: number, appid = 'app-1'): Promise<number[]> {
  const [id = ''] = await listIds(graph);
  const statuses: number[] = [];
  for (let sent = 0; sent < count; sent++) {
    statuses.push((await syncDevice(graph, id, aToken({ appid }))).status);
  }
  return statuses;
}

const countOf = (statuses: number[], status: number) =>
  statuses.filter((one) => one === status).length;

describe('the write quota', () => {
  it('admits 200 writes of an app in 20 s, and the next when the first is 20 s old', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1) });
    const first = await syncTimes(graph, 201);
    expect([countOf(first, 204), first.at(-1)]).toEqual([200, 429]);
    graph.clock.advance(19_999);
    expect(await syncTimes(graph, 1)).toEqual([429]);
    graph.clock.advance(1);
    // The throttled one of a millisecond ago counts, the 201 of the beginning no longer do.
    const later = await syncTimes(graph, 200);
    expect([countOf(later, 204), later.at(-1)]).toEqual([199, 429]);
  });

  it('counts throttled writes, so that hammering never gets through', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1), quota: { appWrites: 2 } });
    await syncTimes(graph, 2);
    for (let round = 0; round < 10; round++) {
      expect(await syncTimes(graph, 2)).toEqual([429, 429]);
      graph.clock.advance(10_000);
    }
    graph.clock.advance(10_000);
    expect(await syncTimes(graph, 1)).toEqual([204]);
  });

  it('tells the seconds after which a write is admitted, rounded up', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1), quota: { appWrites: 2 } });
    const [id = ''] = await listIds(graph);
    await syncDevice(graph, id);
    graph.clock.advance(4500);
    await syncDevice(graph, id);
    graph.clock.advance(1000);
    // The window holds 0 s, 4.5 s and this one: room for one only when the second has gone.
    expect((await syncDevice(graph, id)).headers['retry-after']).toBe('19');
    graph.clock.advance(19_000);
    expect((await syncDevice(graph, id)).status).toBe(204);
  });

  it('is kept for each app, and for all of them together', async () => {
    const quota = { appWrites: 3, tenantWrites: 5 };
    const graph = await aGraph({ fleet: aReadyFleet(1), quota });
    expect(await syncTimes(graph, 3, 'app-1')).toEqual([204, 204, 204]);
    expect(await syncTimes(graph, 3, 'app-2')).toEqual([204, 204, 429]);
  });

  it('is shared with the load of another app', async () => {
    const quota = { tenantWrites: 400, otherAppWritesPerSecond: 19 };
    const graph = await aGraph({ fleet: aReadyFleet(1), quota });
    expect(countOf(await syncTimes(graph, 25), 204)).toBe(20);
  });

  it('is never met when another app takes all of it', async () => {
    const quota = { tenantWrites: 400, otherAppWritesPerSecond: 20 };
    const graph = await aGraph({ fleet: aReadyFleet(1), quota });
    const [id = ''] = await listIds(graph);
    const answer = await syncDevice(graph, id);
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '20']);
  });

  it('is free again 20 s after the other app has stopped, and before that in part', async () => {
    const quota = { tenantWrites: 10, otherAppWritesPerSecond: 0.5 };
    const graph = await aGraph({ fleet: aReadyFleet(1), quota });
    expect(await syncTimes(graph, 1)).toEqual([429]);
    const change = '{"otherAppWritesPerSecond":0}';
    const { status, body } = await control(graph, '/quota', 'PATCH', change);
    expect([status, body]).toMatchObject([200, { otherAppWritesPerSecond: 0, tenantWrites: 10 }]);
    graph.clock.advance(10_000);
    // Five of the other app and the throttled one are left in the window.
    expect(await syncTimes(graph, 5)).toEqual([204, 204, 204, 204, 429]);
    graph.simulator.setQuota({ otherAppWritesPerSecond: 0.5 });
    graph.clock.advance(20_000);
    expect(await syncTimes(graph, 1)).toEqual([429]);
  });

  it.each([
    ['{"otherAppWritesPerSecond":-1}', 'quota.otherAppWritesPerSecond: '],
    ['{"appWrites":1}', 'quota'],
    ['{}', 'quota.otherAppWritesPerSecond: '],
  ])('cannot be changed with %s', async (change, message) => {
    const { status, body } = await control(await aGraph(), '/quota', 'PATCH', change);
    expect([status, (body as { error: string }).error]).toEqual([
      400,
      expect.stringContaining(message),
    ]);
  });

  it('leaves reading alone', async () => {
    const graph = await aGraph({ quota: { appWrites: 0 } });
    expect((await graph.call(devicesPath)).status).toBe(200);
  });
});

describe('the request quota', () => {
  it('counts reads and writes', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1), quota: { appRequests: 3 } });
    const [id = ''] = await listIds(graph);
    expect((await syncDevice(graph, id)).status).toBe(204);
    expect((await graph.call(devicesPath)).status).toBe(200);
    expect((await graph.call(devicesPath)).status).toBe(429);
    expect((await syncDevice(graph, id)).status).toBe(429);
  });
});

describe('the statistics of writes', () => {
  it('know the busiest window and when the last write came', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1) });
    expect(graph.simulator.statistics().lastWriteAt).toBeNull();
    await syncTimes(graph, 3);
    graph.clock.advance(15_000);
    await syncTimes(graph, 4);
    graph.clock.advance(10_000);
    await syncTimes(graph, 2);
    expect(graph.simulator.statistics()).toMatchObject({
      writes: 9,
      maxWritesPer20s: 7,
      lastWriteAt: startOfTime + 25_000,
    });
    expect(graph.simulator.writesAfter(startOfTime)).toBe(6);
    expect(graph.simulator.writesAfter(startOfTime + 25_000)).toBe(0);
  });

  it('start at zero when they are reset, devices included', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1) });
    await syncTimes(graph, 2);
    graph.simulator.resetStatistics();
    expect(graph.simulator.statistics()).toMatchObject({
      requests: 0,
      writes: 0,
      lastWriteAt: null,
    });
    await syncTimes(graph, 1);
    expect(graph.simulator.statistics()).toMatchObject({ devicesSynced: 1, duplicateSyncs: 0 });
  });
});

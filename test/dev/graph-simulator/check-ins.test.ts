import { describe, expect, it } from 'vitest';
import { aGraph, type TestGraph } from './support/a-graph.ts';
import { startOfTime } from './support/a-clock.ts';
import { aReadyFleet } from './support/fleets.ts';
import { listDevices, listIds, syncDevice } from './support/graph-calls.ts';

const minuteMs = 60_000;

/** The last check-ins, in milliseconds since 1970. */
async function checkIns(graph: TestGraph): Promise<number[]> {
  const devices = await listDevices(graph, '$select=lastSyncDateTime');
  return devices.map(({ lastSyncDateTime }) => Date.parse(String(lastSyncDateTime)));
}

async function syncAll(graph: TestGraph): Promise<void> {
  for (const id of await listIds(graph)) await syncDevice(graph, id);
}

describe('a device', () => {
  it('last checked in an hour to 90 days ago, or never, and enrolled before that', async () => {
    const graph = await aGraph({ fleet: { devices: 2000, neverSyncedShare: 0.02 } });
    const devices = await listDevices(graph, '$select=lastSyncDateTime,enrolledDateTime');
    const never = devices.filter((one) => one['lastSyncDateTime'] === '0001-01-01T00:00:00Z');
    const others = devices.filter((one) => !never.includes(one));
    const hours = others.map(
      (one) => (startOfTime - Date.parse(String(one['lastSyncDateTime']))) / (60 * minuteMs),
    );
    expect(never.length).toBeGreaterThan(10);
    expect(Math.min(...hours)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...hours)).toBeGreaterThan(30 * 24);
    expect(Math.max(...hours)).toBeLessThanOrEqual(90 * 24);
    for (const { lastSyncDateTime, enrolledDateTime } of others) {
      expect(Date.parse(String(enrolledDateTime))).toBeLessThan(
        Date.parse(String(lastSyncDateTime)),
      );
    }
  });

  it('does not check in by being listed', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(10) });
    const before = await checkIns(graph);
    graph.clock.advance(30 * minuteMs);
    expect(await checkIns(graph)).toEqual(before);
  });

  it('checks in one to six minutes after a sync, each at its own time', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(20) });
    const before = await checkIns(graph);
    await syncAll(graph);
    graph.clock.advance(minuteMs - 1);
    expect(await checkIns(graph)).toEqual(before);
    graph.clock.advance(5 * minuteMs + 1);
    const after = await checkIns(graph);
    for (const at of after) {
      expect(at).toBeGreaterThanOrEqual(startOfTime + minuteMs);
      expect(at).toBeLessThanOrEqual(startOfTime + 6 * minuteMs);
    }
    expect(new Set(after).size).toBe(20);
  });

  it('comes back sooner on a faster clock, with the date at which it really came back', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(20), clockScale: 60 });
    await syncAll(graph);
    graph.clock.advance(6000);
    const after = await checkIns(graph);
    expect(after).toHaveLength(20);
    for (const at of after) {
      expect(at).toBeGreaterThanOrEqual(startOfTime + 1000);
      expect(at).toBeLessThanOrEqual(startOfTime + 6000);
    }
  });

  it.each([1, 60, 3600, 1e9])(
    'checks in after the answer has left and not in the future, on a clock %d times as fast',
    async (clockScale) => {
      const graph = await aGraph({ fleet: aReadyFleet(20), clockScale, latencyMs: 400 });
      const ids = await listIds(graph);
      const acceptedAt = new Map<string, number>();
      for (const id of ids) {
        await syncDevice(graph, id);
        // The test's clock has slept through the latency: this is when the client has the answer.
        acceptedAt.set(id, graph.clock.now());
      }
      const checkedIn = new Set<string>();
      for (let step = 0; step < 200; step++) {
        graph.clock.advance(Math.max(50, (3 * minuteMs) / clockScale / 50));
        for (const { id, lastSyncDateTime } of await listDevices(graph)) {
          const at = Date.parse(String(lastSyncDateTime));
          if (at <= startOfTime) continue;
          expect(at).toBeGreaterThan(acceptedAt.get(String(id)) ?? Infinity);
          expect(at).toBeLessThanOrEqual(graph.clock.now());
          checkedIn.add(String(id));
        }
      }
      expect(checkedIn.size).toBe(20);
    },
  );

  it('never checks in just before a second sync is answered', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1), clockScale: 60 });
    const [id = ''] = await listIds(graph);
    await syncDevice(graph, id);
    for (let step = 0; step < 200; step++) {
      graph.clock.advance(30);
      await syncDevice(graph, id);
      const [at = 0] = await checkIns(graph);
      if (at > startOfTime) expect(graph.clock.now() - at).toBeLessThanOrEqual(30);
    }
    const secondAt = graph.clock.now();
    graph.clock.advance(6000);
    const [last = 0] = await checkIns(graph);
    expect(last).toBeGreaterThan(secondAt);
  });

  it('never comes back when it is offline', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(10, { offlineShare: 1 }) });
    const before = await checkIns(graph);
    await syncAll(graph);
    graph.clock.advance(40 * minuteMs);
    expect(await checkIns(graph)).toEqual(before);
    expect(graph.simulator.statistics().devicesSynced).toBe(10);
  });

  it('comes back after two to eight hours when it is late', async () => {
    // The test's token lives an hour: ten times as fast, that is enough for ten.
    const graph = await aGraph({ fleet: aReadyFleet(10, { lateShare: 1 }), clockScale: 10 });
    const before = await checkIns(graph);
    await syncAll(graph);
    graph.clock.advance(12 * minuteMs - 1);
    expect(await checkIns(graph)).toEqual(before);
    graph.clock.advance(36 * minuteMs + 1);
    const after = await checkIns(graph);
    expect(after).toHaveLength(10);
    for (const at of after) expect(at).toBeGreaterThan(startOfTime);
  });

  it('is not delayed by a second sync', async () => {
    const once = await aGraph({ fleet: aReadyFleet(5) });
    const twice = await aGraph({ fleet: aReadyFleet(5) });
    for (const graph of [once, twice]) await syncAll(graph);
    for (const graph of [once, twice]) graph.clock.advance(30_000);
    await syncAll(twice);
    for (const graph of [once, twice]) graph.clock.advance(10 * minuteMs);
    expect(await checkIns(twice)).toEqual(await checkIns(once));
  });
});

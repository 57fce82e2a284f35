import { describe, expect, it } from 'vitest';
import { aGraph } from './support/a-graph.ts';
import { aToken, readRole } from './support/a-token.ts';
import { executeActionPath, postAction, resultOf, syncInBulk } from './support/bulk-calls.ts';
import { aReadyFleet, aWindowsFleet } from './support/fleets.ts';
import { errorOf, listDevices, listIds } from './support/graph-calls.ts';

const unknownId = '12345678-1234-4123-8123-123456789abc';
const noResult = {
  successfulDeviceIds: [],
  failedDeviceIds: [],
  notFoundDeviceIds: [],
  notSupportedDeviceIds: [],
};

describe('executeAction with syncDevice', () => {
  it('syncs up to 100 devices at the cost of one write', async () => {
    const graph = await aGraph({ fleet: aWindowsFleet(100) });
    const ids = await listIds(graph);
    const answer = await syncInBulk(graph, ids);
    expect(answer.status).toBe(200);
    expect(resultOf(answer)).toEqual({ ...noResult, successfulDeviceIds: ids });
    expect(graph.simulator.statistics()).toMatchObject({
      bulkRequests: 1,
      bulkDevices: 100,
      writes: 1,
      devicesSynced: 100,
      refusedActions: 0,
    });
  });

  it('makes the devices check in', async () => {
    const graph = await aGraph({ fleet: aWindowsFleet(5) });
    const before = await listDevices(graph, '$select=lastSyncDateTime');
    await syncInBulk(graph, await listIds(graph));
    graph.clock.advance(6 * 60_000);
    const after = await listDevices(graph, '$select=lastSyncDateTime');
    expect(after).toHaveLength(5);
    for (const [at, device] of after.entries()) expect(device).not.toEqual(before[at]);
  });

  it('sorts devices by what became of them, each once', async () => {
    const fleet = aReadyFleet(60, { refusedShare: 0.2, goneShare: 0.2 });
    const graph = await aGraph({ fleet });
    const ids = await listIds(graph);
    const asked = [...ids, ids[0]?.toUpperCase() ?? '', unknownId];
    const result = resultOf(await syncInBulk(graph, asked));
    expect(Object.values(result).flat().toSorted()).toEqual([...ids, unknownId].toSorted());
    expect(result.failedDeviceIds).toEqual([]);
    expect(result.notFoundDeviceIds.length).toBeGreaterThan(1);
    expect(result.notFoundDeviceIds).toContain(unknownId);
    expect(result.notSupportedDeviceIds.length).toBeGreaterThan(1);
    expect(graph.simulator.statistics().devicesSynced).toBe(result.successfulDeviceIds.length);
  });

  it('does not support Android unless it is told to', async () => {
    const only = { windows: 0, iOS: 0, iPadOS: 0, macOS: 0, android: 1 };
    const fleet = aReadyFleet(3, { platforms: { ...only, linux: 0, chromeOS: 0 } });
    const usual = await aGraph({ fleet });
    const generous = await aGraph({ fleet, bulk: { androidNotSupported: false } });
    const ids = await listIds(usual);
    expect(resultOf(await syncInBulk(usual, ids)).notSupportedDeviceIds).toEqual(ids);
    expect(resultOf(await syncInBulk(generous, ids)).successfulDeviceIds).toEqual(ids);
  });

  it('wraps the result in a value when it is told to', async () => {
    const fleet = aWindowsFleet(1);
    const graph = await aGraph({ fleet, bulk: { wrapped: true } });
    const ids = await listIds(graph);
    expect(JSON.parse((await syncInBulk(graph, ids)).text)).toEqual({
      value: {
        '@odata.type': 'microsoft.graph.bulkManagedDeviceActionResult',
        ...noResult,
        successfulDeviceIds: ids,
      },
    });
  });

  it.each([
    ['a number', 7, [200, 200, 429]],
    ['one for each device', 'perDevice' as const, [200, 200, 429]],
  ])('costs %s of the write quota', async (_, weight, statuses) => {
    const graph = await aGraph({
      fleet: aReadyFleet(7),
      bulk: { weight },
      quota: { appWrites: 20 },
    });
    const ids = await listIds(graph);
    const answers = [];
    for (const _ of statuses) answers.push(await syncInBulk(graph, ids));
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    // 21 in the window: room for 7 more only when 8 of them have gone, which is 20 s from now.
    expect(answers[2]?.headers['retry-after']).toBe('20');
    expect(graph.simulator.statistics()).toMatchObject({ writes: 21, maxWritesPer20s: 21 });
    graph.clock.advance(20_000);
    expect((await syncInBulk(graph, ids)).status).toBe(200);
  });

  it('takes longer when it is told to', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1), faults: { bulkLatencyMs: 900 } });
    const ids = await listIds(graph);
    await syncInBulk(graph, ids);
    expect(graph.clock.slept).toEqual([900]);
  });
});

describe('executeAction with faults', () => {
  it('reports a share as failed, which is not synced', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(100), faults: { bulkFailedShare: 0.3 } });
    const result = resultOf(await syncInBulk(graph, await listIds(graph)));
    expect(result.failedDeviceIds.length).toBeGreaterThan(15);
    expect(result.failedDeviceIds.length).toBeLessThan(45);
    const { devicesSynced, faults } = graph.simulator.statistics();
    expect(devicesSynced).toBe(result.successfulDeviceIds.length);
    expect(faults['bulk.failed']).toBe(result.failedDeviceIds.length);
  });

  it('leaves a share out of every list, half of which is synced', async () => {
    const fleet = aWindowsFleet(100);
    const graph = await aGraph({ fleet, faults: { bulkOmittedShare: 0.5 } });
    const result = resultOf(await syncInBulk(graph, await listIds(graph)));
    const { devicesSynced, faults } = graph.simulator.statistics();
    const [before = 0, after = 0] = [faults['bulk.omittedBefore'], faults['bulk.omittedAfter']];
    expect(Object.values(result).flat()).toHaveLength(100 - before - after);
    expect(before).toBeGreaterThan(10);
    expect(after).toBeGreaterThan(10);
    expect(devicesSynced).toBe(100 - before);
  });

  it('does not exist while it is unavailable, and costs nothing', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1) });
    const ids = await listIds(graph);
    graph.simulator.setFaults({ bulkUnavailable: true });
    expect(errorOf(await syncInBulk(graph, ids))).toEqual({
      status: 400,
      code: 'BadRequest',
      message: "Resource not found for the segment 'executeAction'.",
    });
    expect(graph.simulator.statistics()).toMatchObject({ writes: 0, refusedActions: 0 });
    graph.simulator.setFaults({ bulkUnavailable: false });
    expect((await syncInBulk(graph, ids)).status).toBe(200);
  });
});

describe('executeAction', () => {
  it.each(['wipe', 'retire', 'delete', 'rebootNow', 'SyncDevice', ''])(
    'never acts on %j: it refuses, and counts',
    async (actionName) => {
      const graph = await aGraph({ fleet: aReadyFleet(2) });
      const ids = await listIds(graph);
      const error = errorOf(await postAction(graph, { actionName, deviceIds: ids }));
      expect(error).toMatchObject({ status: 403, code: 'Forbidden' });
      expect(error.message).toContain('only syncDevice can be sent here');
      expect(graph.simulator.statistics()).toMatchObject({ refusedActions: 1, devicesSynced: 0 });
      expect(await listIds(graph)).toEqual(ids);
    },
  );

  it.each([
    ['without a body', undefined, 'body: '],
    ['without an action', { deviceIds: [unknownId] }, 'body.actionName: '],
    ['without devices', { actionName: 'syncDevice' }, 'body.deviceIds: '],
    ['with no device', { actionName: 'syncDevice', deviceIds: [] }, 'body.deviceIds: '],
    [
      'with what is not an id',
      { actionName: 'syncDevice', deviceIds: [unknownId, 'all'] },
      'body.deviceIds.1: a GUID is expected',
    ],
    [
      'with 101 devices',
      { actionName: 'syncDevice', deviceIds: Array(101).fill(unknownId) },
      'body.deviceIds: ',
    ],
    [
      'with a parameter of another action',
      { actionName: 'syncDevice', deviceIds: [unknownId], keepUserData: false },
      '"keepUserData"',
    ],
  ])('%s is 400', async (_, body, message) => {
    const graph = await aGraph();
    const error = errorOf(await postAction(graph, body));
    expect(error).toMatchObject({ status: 400, code: 'BadRequest' });
    expect(error.message).toContain(message);
    expect(graph.simulator.statistics()).toMatchObject({ bulkRequests: 0, devicesSynced: 0 });
  });

  it('needs the role of device actions', async () => {
    const graph = await aGraph();
    const body = { actionName: 'syncDevice', deviceIds: [unknownId] };
    const token = aToken({ roles: [readRole] });
    const answer = await graph.call(executeActionPath, { method: 'POST', body, token });
    expect(errorOf(answer)).toMatchObject({ status: 403, code: 'Forbidden' });
  });

  it('is named in the address of an error as an action of the collection', async () => {
    const graph = await aGraph();
    const token = aToken({ roles: [] });
    for (const action of ['executeAction', 'microsoft.graph.executeAction']) {
      const path = `/beta/deviceManagement/managedDevices/${action}`;
      const { message } = errorOf(await graph.call(path, { method: 'POST', body: {}, token }));
      expect(message).toContain('/managedDevices/microsoft.management.services.api.executeAction?');
    }
  });
});

describe('what is not simulated', () => {
  it.each([
    ['POST', 'v1.0/deviceManagement/managedDevices/executeAction'],
    ['POST', `v1.0/deviceManagement/managedDevices/${unknownId}/wipe`],
    ['POST', `beta/deviceManagement/managedDevices/${unknownId}/retire`],
    ['DELETE', `v1.0/deviceManagement/managedDevices/${unknownId}`],
    ['PATCH', `v1.0/groups/${unknownId}`],
  ])('%s %s has no effect and is counted', async (method, path) => {
    const graph = await aGraph();
    const { status } = await graph.call(`/${path}`, { method });
    expect([400, 405]).toContain(status);
    expect(graph.simulator.statistics()).toMatchObject({ refusedActions: 1, writes: 0 });
  });

  it('is not counted when it is only read', async () => {
    const graph = await aGraph();
    await graph.call('/v1.0/shoes');
    expect(graph.simulator.statistics().refusedActions).toBe(0);
  });
});

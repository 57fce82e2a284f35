import { describe, expect, it } from 'vitest';
import { aGraph, type TestGraph } from './support/a-graph.ts';
import { startOfTime } from './support/a-clock.ts';
import { actionRole, aToken, readRole } from './support/a-token.ts';
import { control } from './support/control.ts';
import { errorOf, pageOf } from './support/graph-calls.ts';

const path = '/v1.0/deviceManagement/exchangeConnectors';
const readConnectors = 'DeviceManagementServiceConfig.Read.All';
const syncConnectors = 'DeviceManagementServiceConfig.ReadWrite.All';
const token = aToken({ roles: [syncConnectors] });
const unknownId = '12345678-1234-4123-8123-123456789abc';

async function listConnectors(graph: TestGraph, query = '') {
  return pageOf(await graph.call(`${path}${query}`, { token })).devices;
}

function sync(graph: TestGraph, id: unknown, body: unknown = { syncType: 'deltaSync' }) {
  return graph.call(`${path}/${String(id)}/sync`, { method: 'POST', body, token });
}

describe('exchangeConnectors', () => {
  it('are none unless they are asked for', async () => {
    expect(await listConnectors(await aGraph())).toEqual([]);
  });

  it('are listed, and found by id, in both versions', async () => {
    const graph = await aGraph({ exchangeConnectors: 3 });
    const connectors = await listConnectors(graph);
    expect(new Set(connectors.map(({ id }) => id)).size).toBe(3);
    const id = String(connectors[1]?.['id']);
    for (const version of ['v1.0', 'beta']) {
      const answer = await graph.call(`${path.replace('v1.0', version)}/${id}`, { token });
      expect(JSON.parse(answer.text)).toMatchObject(connectors[1] ?? {});
    }
    expect(await listConnectors(graph, '?$select=status')).toEqual(
      Array(3).fill({ status: 'connected' }),
    );
    expect((await graph.call(`${path}/${unknownId}`, { token })).status).toBe(404);
  });

  it('accept a sync with 204, and have synced a minute later', async () => {
    const graph = await aGraph({ exchangeConnectors: 2 });
    const [first, second] = await listConnectors(graph);
    expect((await sync(graph, first?.['id'])).status).toBe(204);
    expect(await listConnectors(graph)).toEqual([first, second]);
    graph.clock.advance(60_000);
    const lastSyncDateTime = new Date(startOfTime + 60_000).toISOString().replace('.000', '');
    expect(await listConnectors(graph)).toEqual([{ ...first, lastSyncDateTime }, second]);
    expect(graph.simulator.statistics()).toMatchObject({ connectorSyncs: 1, writes: 0 });
    expect((await control(graph, '/connectors')).body).toMatchObject([
      { id: first?.['id'], syncs: [{ at: '2026-11-21T08:00:00Z', syncType: 'deltaSync' }] },
      { id: second?.['id'], syncs: [] },
    ]);
  });

  it.each([
    [undefined, 'body: '],
    [{}, 'body.syncType: '],
    [{ syncType: 'slowSync' }, 'body.syncType: '],
    [{ syncType: 'fullSync', force: true }, '"force"'],
  ])('refuse the body %j', async (body, message) => {
    const graph = await aGraph({ exchangeConnectors: 1 });
    const [connector] = await listConnectors(graph);
    const answer = await graph.call(`${path}/${String(connector?.['id'])}/sync`, {
      method: 'POST',
      token,
      body,
    });
    const error = errorOf(answer);
    expect(error).toMatchObject({ status: 400, code: 'BadRequest' });
    expect(error.message).toContain(message);
  });

  it('answer 404 to a sync of one that is not there', async () => {
    expect((await sync(await aGraph(), unknownId)).status).toBe(404);
  });

  it('have roles of their own', async () => {
    const graph = await aGraph({ exchangeConnectors: 1 });
    const [connector] = await listConnectors(graph);
    const statusWith = async (role: string, method: string) => {
      const url = method === 'GET' ? path : `${path}/${String(connector?.['id'])}/sync`;
      const body = method === 'GET' ? undefined : { syncType: 'fullSync' };
      const call = { method, body, token: aToken({ roles: [role] }) };
      return (await graph.call(url, call)).status;
    };
    for (const [role, get, post] of [
      [readConnectors, 200, 403],
      [syncConnectors, 200, 204],
      ['DeviceManagementConfiguration.ReadWrite.All', 200, 204],
      [readRole, 403, 403],
      [actionRole, 403, 403],
    ] as const) {
      expect([await statusWith(role, 'GET'), await statusWith(role, 'POST')]).toEqual([get, post]);
    }
  });

  it('have half the quotas of devices, and windows of their own', async () => {
    const quota = { appWrites: 4, appRequests: 14 };
    const graph = await aGraph({ exchangeConnectors: 1, quota });
    const [connector] = await listConnectors(graph);
    const statuses = [];
    for (let sent = 0; sent < 3; sent++) {
      statuses.push((await sync(graph, connector?.['id'])).status);
    }
    expect(statuses).toEqual([204, 204, 429]);
    // One page, three syncs, and these: seven are admitted.
    for (const expected of [200, 200, 200, 429]) {
      expect((await graph.call(path, { token })).status).toBe(expected);
    }
    expect((await graph.call('/v1.0/deviceManagement/managedDevices')).status).toBe(200);
  });
});

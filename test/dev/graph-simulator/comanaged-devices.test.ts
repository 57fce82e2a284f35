import { describe, expect, it } from 'vitest';
import { aGraph, type TestGraph } from './support/a-graph.ts';
import { control } from './support/control.ts';
import { aWindowsFleet } from './support/fleets.ts';
import { errorOf, listDevices, pageOf } from './support/graph-calls.ts';

const path = '/beta/deviceManagement/comanagedDevices';
const action = 'triggerConfigurationManagerAction';
const fleet = aWindowsFleet(60, { coManagedShare: 0.5 });

/** The ids of the devices with a Configuration Manager client, and of those without. */
async function idsByClient(graph: TestGraph) {
  const devices = await listDevices(graph, '$select=id,managementAgent');
  const idsOf = (isCoManaged: boolean) =>
    devices
      .filter((one) => (one['managementAgent'] !== 'mdm') === isCoManaged)
      .map(({ id }) => String(id));
  return { coManaged: idsOf(true), others: idsOf(false) };
}

function trigger(graph: TestGraph, collection: string, id: string, body: unknown) {
  const url = `/beta/deviceManagement/${collection}/${id}/${action}`;
  return graph.call(url, { method: 'POST', body });
}

const refresh = { configurationManagerAction: { action: 'refreshMachinePolicy' } };

describe('comanagedDevices', () => {
  it('are the co-managed ones of the fleet, under the same ids, page by page', async () => {
    const graph = await aGraph({ fleet });
    const { coManaged } = await idsByClient(graph);
    const listed: unknown[] = [];
    let next: string | undefined = `${path}?$select=id&$top=7`;
    while (next !== undefined) {
      const page = pageOf(await graph.call(next));
      listed.push(...page.devices.map(({ id }) => id));
      next = page.next;
      expect(next ?? path).toContain(path);
    }
    expect(listed).toEqual(coManaged);
    expect(coManaged.length).toBeGreaterThan(15);
    expect(graph.simulator.statistics().listRequests).toBe(1);
  });

  it('are found by id, and no other device is', async () => {
    const graph = await aGraph({ fleet });
    const { coManaged, others } = await idsByClient(graph);
    const found = await graph.call(`${path}/${coManaged[0] ?? ''}?$select=id,managementAgent`);
    expect(JSON.parse(found.text)).toMatchObject({
      id: coManaged[0],
      managementAgent: 'configurationManagerClientMdm',
    });
    expect((await graph.call(`${path}/${others[0] ?? ''}`)).status).toBe(404);
  });

  it('can be synced, and no other device can', async () => {
    const graph = await aGraph({ fleet });
    const { coManaged, others } = await idsByClient(graph);
    const sync = (id = '') => graph.call(`${path}/${id}/syncDevice`, { method: 'POST' });
    expect((await sync(coManaged[0])).status).toBe(204);
    expect((await sync(others[0])).status).toBe(404);
    expect(graph.simulator.statistics()).toMatchObject({ writes: 2, devicesSynced: 1 });
  });

  it('do not exist in v1.0', async () => {
    const graph = await aGraph({ fleet });
    expect((await graph.call(path.replace('beta', 'v1.0'))).status).toBe(400);
  });
});

describe(action, () => {
  it.each(['managedDevices', 'comanagedDevices'])(
    'of %s is accepted with 204, and is a write',
    async (collection) => {
      const graph = await aGraph({ fleet });
      const { coManaged } = await idsByClient(graph);
      const id = coManaged[0] ?? '';
      expect((await trigger(graph, collection, id, refresh)).status).toBe(204);
      const typed = { '@odata.type': 'microsoft.graph.configurationManagerAction' };
      const scan = { configurationManagerAction: { ...typed, action: 'fullScan' } };
      expect((await trigger(graph, collection, id, scan)).status).toBe(204);
      const { body } = await control(graph, `/devices/${id}`);
      expect(body).toMatchObject({
        commands: [
          { command: 'refreshMachinePolicy', through: collection, result: 'accepted' },
          { command: 'fullScan', through: collection, result: 'accepted' },
        ],
      });
      expect(graph.simulator.statistics()).toMatchObject({ writes: 2, devicesSynced: 0 });
    },
  );

  it('does not make the device check in', async () => {
    const graph = await aGraph({ fleet });
    const before = await listDevices(graph);
    const { coManaged } = await idsByClient(graph);
    await trigger(graph, 'managedDevices', coManaged[0] ?? '', refresh);
    graph.clock.advance(30 * 60_000);
    expect(await listDevices(graph)).toEqual(before);
  });

  it('is accepted by a device of Configuration Manager alone, which takes no sync', async () => {
    const attached = { ...fleet, coManagedShare: 0, tenantAttachedShare: 1 };
    const graph = await aGraph({ fleet: attached });
    const [device] = (await listDevices(graph)).filter(
      ({ managementAgent }) => managementAgent === 'configurationManagerClient',
    );
    const id = String(device?.['id']);
    const sync = await graph.call(`/v1.0/deviceManagement/managedDevices/${id}/syncDevice`, {
      method: 'POST',
    });

    expect((await trigger(graph, 'managedDevices', id, refresh)).status).toBe(204);
    expect((await trigger(graph, 'comanagedDevices', id, refresh)).status).toBe(404);
    expect(sync.status).toBe(400);
  });

  it('is refused by devices without the client', async () => {
    const graph = await aGraph({ fleet });
    const { others } = await idsByClient(graph);
    const id = others[0] ?? '';
    expect((await trigger(graph, 'managedDevices', id, refresh)).status).toBe(400);
    expect((await trigger(graph, 'comanagedDevices', id, refresh)).status).toBe(404);
  });

  it.each([
    [undefined, 'body: '],
    [{}, 'body.configurationManagerAction: '],
    [{ configurationManagerAction: {} }, 'body.configurationManagerAction.action: '],
    [{ configurationManagerAction: { action: 'wipe' } }, 'body.configurationManagerAction.action'],
    [{ configurationManagerAction: { action: 'quickScan', force: true } }, '"force"'],
    [{ ...refresh, deviceIds: [] }, '"deviceIds"'],
    [
      { configurationManagerAction: { action: 'quickScan', '@odata.type': 'x' } },
      'body.configurationManagerAction.@odata.type: ',
    ],
  ])('refuses the body %j', async (body, message) => {
    const graph = await aGraph({ fleet });
    const { coManaged } = await idsByClient(graph);
    const error = errorOf(await trigger(graph, 'managedDevices', coManaged[0] ?? '', body));
    expect(error).toMatchObject({ status: 400, code: 'BadRequest' });
    expect(error.message).toContain(message);
  });

  it('does not exist in v1.0', async () => {
    const graph = await aGraph({ fleet });
    const { coManaged } = await idsByClient(graph);
    const url = `/v1.0/deviceManagement/managedDevices/${coManaged[0] ?? ''}/${action}`;
    expect((await graph.call(url, { method: 'POST', body: refresh })).status).toBe(400);
  });
});

import { describe, expect, it } from 'vitest';
import { aGraph } from './support/a-graph.ts';
import { aReadyFleet } from './support/fleets.ts';
import { devicesPath, errorOf, listDevices, listIds, syncDevice } from './support/graph-calls.ts';

const unknownId = '12345678-1234-4123-8123-123456789abc';

describe('syncDevice', () => {
  it('answers 204 without a body, in each of the URL forms', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1) });
    const [id = ''] = await listIds(graph);
    const forms = [
      `${devicesPath}/${id}/syncDevice`,
      `${devicesPath}('${id.toUpperCase()}')/syncDevice`,
      `${devicesPath}/${id}/microsoft.graph.syncDevice`,
      `/beta/deviceManagement/managedDevices/${id}/syncDevice`,
    ];
    for (const form of forms) {
      const answer = await graph.call(form, { method: 'POST', body: {} });
      expect({ status: answer.status, text: answer.text }).toEqual({ status: 204, text: '' });
    }
    expect(graph.simulator.statistics()).toMatchObject({
      writes: 4,
      devicesSynced: 1,
      duplicateSyncs: 3,
    });
  });

  it.each([
    ['is gone', { goneShare: 1 }, 404, 'ResourceNotFound'],
    ['refuses', { refusedShare: 1 }, 400, 'BadRequest'],
    ['has an agent that cannot be notified', { noSyncAgentShare: 1 }, 400, 'BadRequest'],
    [
      'runs Linux',
      { platforms: { linux: 1, windows: 0, iOS: 0, macOS: 0, iPadOS: 0, android: 0, chromeOS: 0 } },
      400,
      'BadRequest',
    ],
  ])('of a device that %s answers with an error', async (_, more, status, code) => {
    const graph = await aGraph({ fleet: aReadyFleet(1, more) });
    const [id = ''] = await listIds(graph);
    const error = errorOf(await syncDevice(graph, id));
    expect({ status: error.status, code: error.code }).toEqual({ status, code });
    expect(JSON.parse(error.message)).toMatchObject({ _version: 3, RetryAfter: null });
    expect(error.message).toContain(`managedDevices('${id}')`);
    expect(graph.simulator.statistics()).toMatchObject({ writes: 1, devicesSynced: 0 });
  });

  it('of an unknown device answers 404', async () => {
    const graph = await aGraph();
    expect(errorOf(await syncDevice(graph, unknownId))).toMatchObject({ status: 404 });
  });
});

describe('a managed device', () => {
  it('is returned by id, as in the list', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(20) });
    const listed = (await listDevices(graph))[11];
    const path = `${devicesPath}/${String(listed?.['id'])}`;
    expect(JSON.parse((await graph.call(path)).text)).toMatchObject(listed ?? {});
    const selected: unknown = JSON.parse((await graph.call(`${path}?$select=deviceName`)).text);
    expect(selected).toEqual({
      '@odata.context': `${graph.simulator.url}/v1.0/$metadata#deviceManagement/managedDevices/$entity`,
      deviceName: listed?.['deviceName'],
    });
  });

  it('is 404 when it is unknown or gone', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(1, { goneShare: 1 }) });
    const [id = ''] = await listIds(graph);
    expect((await graph.call(`${devicesPath}/${id}`)).status).toBe(404);
    expect((await graph.call(`${devicesPath}/${unknownId}`)).status).toBe(404);
  });
});

describe('the overview', () => {
  it('counts the fleet by operating system', async () => {
    const graph = await aGraph({ fleet: { devices: 500 } });
    const count = async (system: string) =>
      (await listDevices(graph, `$filter=operatingSystem%20eq%20'${system}'`)).length;
    const answer = await graph.call('/v1.0/deviceManagement/managedDeviceOverview');
    expect(JSON.parse(answer.text)).toMatchObject({
      enrolledDeviceCount: 500,
      deviceOperatingSystemSummary: {
        windowsCount: await count('Windows'),
        macOSCount: await count('macOS'),
        iosCount: (await count('iOS')) + (await count('iPadOS')),
        androidCount: await count('Android'),
      },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { faultPresets, noFaults } from '../../../dev/graph-simulator/index.ts';
import { aGraph } from './support/a-graph.ts';
import { control } from './support/control.ts';
import { devicesPath, listDevices, pageOf } from './support/graph-calls.ts';

describe('the control endpoint', () => {
  it('lists its routes', async () => {
    const { status, body } = await control(await aGraph(), '/');
    expect(status).toBe(200);
    const routes = [
      'GET /statistics',
      'PUT /faults',
      'PATCH /quota',
      'GET /devices/{id}',
      'GET /truth',
      'GET /app-installs',
    ];
    for (const route of routes) {
      expect(body).toContain(`${route}  `);
    }
  });

  it('gives the statistics, and resets them', async () => {
    const graph = await aGraph();
    await graph.call(devicesPath);
    const counted = await control(graph, '/statistics');
    expect(counted).toEqual({ status: 200, body: graph.simulator.statistics() });
    expect(counted.body).toMatchObject({ listRequests: 1, statuses: { 200: 1 } });
    const reset = await control(graph, '/reset-statistics', 'POST');
    expect(reset).toMatchObject({ status: 200, body: { listRequests: 0, statuses: {} } });
  });

  it('tells when the device writes after a moment came', async () => {
    const graph = await aGraph();
    const [device] = pageOf(await graph.call(devicesPath)).devices;
    await graph.call(`${devicesPath}/${String(device?.['id'])}/syncDevice`, { method: 'POST' });
    const at = graph.simulator.statistics().lastWriteAt;
    expect((await control(graph, '/writes')).body).toEqual([at]);
    expect((await control(graph, `/writes?after=${at ?? 0}`)).body).toEqual([]);
    expect(await control(graph, '/writes?after=today')).toEqual({
      status: 400,
      body: { error: 'after has to be milliseconds since 1970, not "today".' },
    });
  });

  it('changes some faults with PATCH, and replaces all with PUT', async () => {
    const graph = await aGraph({ latencyMs: 5 });
    const patched = await control(graph, '/faults', 'PATCH', '{"failingPage":1}');
    expect(patched.body).toEqual({ ...noFaults, latencyMs: 5, failingPage: 1 });
    expect((await graph.call(devicesPath)).status).toBe(504);
    const put = await control(graph, '/faults', 'PUT', '{"rate500":0.5}');
    expect(put.body).toEqual({ ...noFaults, rate500: 0.5 });
    expect((await control(graph, '/faults')).body).toEqual(put.body);
  });

  it('takes a preset by its name', async () => {
    const graph = await aGraph({ latencyMs: 5 });
    const { body } = await control(graph, '/faults', 'PATCH', '"severe"');
    expect(body).toEqual({ ...noFaults, ...faultPresets.severe, latencyMs: 5 });
  });

  it.each([
    ['{"rate500":"often"}', 'faults.rate500: '],
    ['{"rate999":0.1}', '"rate999"'],
    ['{"throttledRate":0.7,"rate500":0.7}', 'faults.throttledRate: '],
    ['"horrible"', 'faults: '],
    ['nothing', 'Unable to read JSON'],
  ])('refuses the faults %s with 400 and names the field', async (faults, message) => {
    const graph = await aGraph();
    const { status, body } = await control(graph, '/faults', 'PATCH', faults);
    expect(status).toBe(400);
    expect((body as { error: string }).error).toContain(message);
    expect((await control(graph, '/faults')).body).toEqual(noFaults);
  });

  it('shows devices with how they will behave', async () => {
    const graph = await aGraph({ fleet: { devices: 30, offlineShare: 1, goneShare: 1 } });
    const [first] = await listDevices(graph, '$select=id,deviceName');
    const { body } = await control(graph, '/devices?limit=1');
    expect(body).toMatchObject([{ ...first, answersSync: 'never', isGone: true }]);
    expect((await control(graph, '/devices')).body).toHaveLength(20);
    expect((await control(graph, '/devices?limit=1000')).body).toHaveLength(30);
  });

  it.each(['0', '1001', 'all', ''])('refuses limit=%s', async (limit) => {
    const { status, body } = await control(await aGraph(), `/devices?limit=${limit}`);
    expect(status).toBe(400);
    expect((body as { error: string }).error).toContain('limit: ');
  });

  it('answers 404 to what it does not have and 405 to another method', async () => {
    const graph = await aGraph();
    for (const path of ['/shoes', '/devices/1/2/3']) {
      expect((await control(graph, path)).status).toBe(404);
    }
    expect(await control(graph, '/faults', 'DELETE')).toEqual({
      status: 405,
      body: { error: '/faults answers to GET, PATCH, PUT.' },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aGraph, type TestGraph } from './support/a-graph.ts';
import { startOfTime } from './support/a-clock.ts';
import { syncInBulk } from './support/bulk-calls.ts';
import { control } from './support/control.ts';
import { aReadyFleet, aWindowsFleet } from './support/fleets.ts';
import {
  devicesPath,
  listDevices,
  listIds,
  listPages,
  pageOf,
  syncDevice,
} from './support/graph-calls.ts';

const unknownId = '12345678-1234-4123-8123-123456789abc';
const minuteMs = 60_000;

const remove = (graph: TestGraph, id: string) => control(graph, `/devices/${id}/remove`, 'POST');

function rename(graph: TestGraph, id: string, name: string) {
  return control(graph, `/devices/${id}/rename`, 'POST', JSON.stringify({ name }));
}

describe('a device at the control endpoint', () => {
  it('shows what was sent to it, and when it checks in', async () => {
    const graph = await aGraph({ fleet: aWindowsFleet(3) });
    const [device] = await listDevices(graph);
    const id = String(device?.['id']);
    const before = device?.['lastSyncDateTime'];
    await syncDevice(graph, id);
    graph.clock.advance(1000);
    await syncInBulk(graph, [id]);
    const detailSchema = z.object({ expectedCheckInDateTime: z.iso.datetime() });
    const { body } = await control(graph, `/devices/${id}`);
    const expected = detailSchema.parse(body).expectedCheckInDateTime;
    const sync = { command: 'syncDevice', result: 'accepted' };
    expect(body).toMatchObject({
      id,
      deviceName: device?.['deviceName'],
      userId: device?.['userId'],
      lastSyncDateTime: before,
      lastSyncDateTimeAtStart: before,
      isRemoved: false,
      commands: [
        { ...sync, at: '2026-11-21T08:00:00Z', through: 'managedDevices' },
        { ...sync, at: '2026-11-21T08:00:01Z', through: 'executeAction' },
      ],
    });
    expect(Date.parse(expected)).toBeGreaterThan(startOfTime + minuteMs);
    graph.clock.advance(6 * minuteMs);
    expect((await control(graph, `/devices/${id}`)).body).toMatchObject({
      lastSyncDateTime: expected,
      lastSyncDateTimeAtStart: before,
      expectedCheckInDateTime: null,
    });
  });

  it('shows what was refused, and nothing of what was throttled', async () => {
    const fleet = aReadyFleet(1, { refusedShare: 1 });
    const graph = await aGraph({ fleet, quota: { appWrites: 1 } });
    const [id = ''] = await listIds(graph);
    await syncDevice(graph, id);
    await syncDevice(graph, id);
    expect((await control(graph, `/devices/${id}`)).body).toMatchObject({
      acceptsSync: false,
      expectedCheckInDateTime: null,
      commands: [{ result: 'notSupported' }],
    });
  });

  it.each(['', '/remove', '/rename'])(
    'is 404 when there is none: /devices/{id}%s',
    async (action) => {
      const graph = await aGraph();
      const method = action === '' ? 'GET' : 'POST';
      const { status, body } = await control(
        graph,
        `/devices/${unknownId}${action}`,
        method,
        action === '/rename' ? '{"name":"x"}' : undefined,
      );
      expect([status, (body as { error: string }).error]).toEqual([
        404,
        `There is no device ${unknownId}; GET /devices lists them.`,
      ]);
    },
  );
});

describe('a device that is removed', () => {
  it('is in no list, answers 404, and is not counted', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(10) });
    const ids = await listIds(graph);
    const id = ids[4] ?? '';
    expect(await remove(graph, id)).toMatchObject({ status: 200, body: { id, isRemoved: true } });
    expect(await listIds(graph)).toEqual(ids.filter((one) => one !== id));
    expect((await graph.call(`${devicesPath}/${id}`)).status).toBe(404);
    expect((await syncDevice(graph, id)).status).toBe(404);
    expect((await control(graph, '/devices')).body).toHaveLength(9);
    const overview = await graph.call('/v1.0/deviceManagement/managedDeviceOverview');
    expect(JSON.parse(overview.text)).toMatchObject({ enrolledDeviceCount: 9 });
    expect((await control(graph, '/truth')).body).toMatchObject({ devices: 9 });
  });

  it('stays known to the control endpoint, and removing it again changes nothing', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(5) });
    const [id = ''] = await listIds(graph);
    await syncDevice(graph, id);
    await remove(graph, id);
    await remove(graph, id);
    expect(await listIds(graph)).toHaveLength(4);
    expect((await control(graph, `/devices/${id}`)).body).toMatchObject({
      isRemoved: true,
      commands: [{ result: 'accepted' }],
    });
    expect(await rename(graph, id, 'X')).toMatchObject({ status: 404 });
  });

  it('does not disturb a listing that has passed it', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(20) });
    const ids = await listIds(graph);
    const first = pageOf(await graph.call(`${devicesPath}?$select=id&$top=10`));
    // The token of the next page names this device.
    await remove(graph, ids[9] ?? '');
    const second = pageOf(await graph.call(first.next ?? ''));
    expect(second.devices.map(({ id }) => id)).toEqual(ids.slice(10));
  });
});

describe('a device that is renamed', () => {
  it('is listed at the place of its new name', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(12) });
    const ids = await listIds(graph);
    const [first = '', ...others] = ids;
    expect(await rename(graph, first, "ZZ'Z")).toMatchObject({ body: { deviceName: "ZZ'Z" } });
    expect(await listIds(graph)).toEqual([...others, first]);
    await rename(graph, first, 'AAA');
    expect(await listIds(graph)).toEqual(ids);
    expect(await listIds(graph, "$filter=deviceName%20eq%20'aaa'")).toEqual([first]);
  });

  it('is listed twice, or not at all, when that happens during the listing', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(20) });
    const ids = await listIds(graph);
    const page = async (path: string) => {
      const { devices, next = '' } = pageOf(await graph.call(path));
      return { ids: devices.map(({ id }) => id), next };
    };
    const first = await page(`${devicesPath}?$select=id&$top=10`);
    await rename(graph, ids[0] ?? '', 'ZZZ');
    await rename(graph, ids[19] ?? '', 'AAA');
    const second = await page(first.next);
    expect(first.ids).toEqual(ids.slice(0, 10));
    expect(second.ids).toEqual([...ids.slice(10, 19), ids[0]]);
  });

  it('can have a quote in its name at the end of a page', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(6) });
    const [id = ''] = await listIds(graph);
    await rename(graph, id, "A',LastDeviceId='B");
    const pages = await listPages(graph, '$select=id&$top=1');
    expect(pages.map((page) => page.length)).toEqual(Array(6).fill(1));
  });

  it.each([undefined, '{}', '{"name":""}', '{"name":"a","id":"b"}'])(
    'needs a name: %s is 400',
    async (body) => {
      const graph = await aGraph();
      const [id = ''] = await listIds(graph);
      expect((await control(graph, `/devices/${id}/rename`, 'POST', body)).status).toBe(400);
    },
  );
});

describe('the truth', () => {
  it('counts every device once', async () => {
    const graph = await aGraph({
      fleet: {
        devices: 1000,
        goneShare: 0.1,
        leavingShare: 0.1,
        refusedShare: 0.1,
        offlineShare: 0.2,
        lateShare: 0.2,
      },
    });
    const kinds = z.record(z.string(), z.number());
    const { devices, checkedIn, ...rest } = kinds.parse((await control(graph, '/truth')).body);
    expect([devices, checkedIn]).toEqual([1000, 0]);
    expect(Object.values(rest).reduce((sum, count) => sum + count, 0)).toBe(1000);
    for (const count of Object.values(rest)) expect(count).toBeGreaterThan(50);
  });

  it('is what happens after a sync of all devices', async () => {
    const fleet = { devices: 100, goneShare: 0.1, offlineShare: 0.3, lateShare: 0.2 };
    const graph = await aGraph({ fleet: { ...fleet, leavingShare: 0 }, clockScale: 100 });
    const ids = await listIds(graph);
    const truth = z
      .object({ online: z.number(), late: z.number() })
      .parse((await control(graph, '/truth')).body);
    for (const id of ids) await syncDevice(graph, id);
    graph.clock.advance((6 * minuteMs) / 100);
    expect((await control(graph, '/truth')).body).toMatchObject({ checkedIn: truth.online });
    graph.clock.advance((8 * 60 * minuteMs) / 100);
    expect((await control(graph, '/truth')).body).toMatchObject({
      checkedIn: truth.online + truth.late,
    });
  });
});

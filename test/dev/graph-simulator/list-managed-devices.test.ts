import { describe, expect, it } from 'vitest';
import { aGraph } from './support/a-graph.ts';
import { aReadyFleet } from './support/fleets.ts';
import {
  devicesPath,
  errorOf,
  listDevices,
  listIds,
  listPages,
  pageOf,
} from './support/graph-calls.ts';

describe('the listing of managed devices', () => {
  it('has at most 1,000 devices a page, ordered by name, each device once', async () => {
    const graph = await aGraph({ fleet: { devices: 2001 } });
    const pages = await listPages(graph, '$select=id,deviceName');
    expect(pages.map((page) => page.length)).toEqual([1000, 1000, 1]);
    const names = pages.flat().map(({ deviceName }) => String(deviceName));
    expect(names).toEqual(names.toSorted());
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(2001);
    expect(graph.simulator.statistics().listRequests).toBe(3);
  });

  it.each([
    { devices: 0, pages: [0] },
    { devices: 1, pages: [1] },
    { devices: 1000, pages: [1000] },
    { devices: 1001, pages: [1000, 1] },
  ])('ends without a link after the last of $devices devices', async ({ devices, pages }) => {
    const graph = await aGraph({ fleet: { devices } });
    const listed = await listPages(graph, '$select=id');
    expect(listed.map((page) => page.length)).toEqual(pages);
  });

  it('is the same for the same seed, and another for another', async () => {
    const list = async (seed: number) =>
      listDevices(await aGraph({ fleet: { devices: 50, seed } }));
    expect(await list(7)).toEqual(await list(7));
    expect(await list(8)).not.toEqual(await list(7));
  });

  it('returns what $select names, in any case, and the whole device without it', async () => {
    const graph = await aGraph({ fleet: { devices: 1 } });
    const [selected] = await listDevices(graph, '$select=DEVICENAME,id');
    expect(Object.keys(selected ?? {})).toEqual(['deviceName', 'id']);
    const [whole] = await listDevices(graph);
    expect(Object.keys(whole ?? {}).length).toBeGreaterThan(40);
  });

  it('links to the next page by the last name and id, with the same query', async () => {
    const graph = await aGraph({ fleet: { devices: 5 } });
    const page = pageOf(await graph.call(`${devicesPath}?$select=id,deviceName&$top=2`));
    const link = new URL(page.next ?? '');
    const last = page.devices[1];
    expect(link.origin).toBe(graph.simulator.url);
    expect(Object.fromEntries(link.searchParams)).toEqual({
      $select: 'id,deviceName',
      $top: '2',
      $skiptoken: `LastDeviceName='${String(last?.['deviceName'])}',LastDeviceId='${String(last?.['id'])}'`,
    });
  });

  it('clamps $top to 1,000', async () => {
    const graph = await aGraph({ fleet: { devices: 1001 } });
    const [first] = await listPages(graph, '$select=id&$top=5000');
    expect(first).toHaveLength(1000);
  });

  it('repeats devices on the next page when asked to, and still ends', async () => {
    const graph = await aGraph({ fleet: { devices: 10, duplicatesAcrossPages: 2 } });
    const pages = await listPages(graph, '$select=id&$top=5');
    expect(pages[1]?.slice(0, 2)).toEqual(pages[0]?.slice(-2));
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(10);
    expect(pages.flat().length).toBeGreaterThan(10);
  });

  it('moves on even when it is to repeat more than a page', async () => {
    const graph = await aGraph({ fleet: { devices: 10, duplicatesAcrossPages: 5 } });
    const inOrder = await listIds(graph);
    expect(await listIds(graph, '$top=1')).toEqual(inOrder);
    expect(new Set(await listIds(graph, '$top=3'))).toEqual(new Set(inOrder));
  });

  it('lists devices that are gone as if nothing had happened', async () => {
    const graph = await aGraph({ fleet: aReadyFleet(5, { goneShare: 1 }) });
    expect(await listIds(graph)).toHaveLength(5);
  });

  it.each([
    ['$select=id,shoeSize', "Could not find a property named 'shoeSize'"],
    ['$top=many', "Invalid value 'many' for $top"],
    ['$top=0', "Invalid value '0' for $top"],
    ['$orderby=deviceName', "The query option '$orderby' is not supported"],
    ['$skiptoken=7', 'The $skiptoken is not one'],
  ])('answers %s with 400 and says why', async (query, message) => {
    const graph = await aGraph();
    const error = errorOf(await graph.call(`${devicesPath}?${query}`));
    expect(error).toMatchObject({ status: 400, code: 'BadRequest' });
    expect(error.message).toContain(message);
  });

  it('ignores parameters that do not begin with $', async () => {
    const graph = await aGraph();
    expect(await listIds(graph, 'filter=nothing')).toHaveLength(30);
  });
});

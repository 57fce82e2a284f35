import { describe, expect, it } from 'vitest';
import { readGroupMembers } from '../../../src/adapters/graph/group-members.ts';
import { listingFailed, missingPermission, unknownGroup } from '../../../src/core/problems.ts';
import { LIST_DEVICES_ROLE } from '../../../src/core/roles.ts';
import { aDeviceId } from '../../support/factories.ts';
import { type TestGraph, type Turn, aGraph } from './support/a-graph.ts';
import { aTenant } from './support/a-tenant.ts';

const policy = { maxRetries: 1, initialDelayMs: 1_000, maxDelayMs: 1_000 };
const groupId = 'aaaaaaaa-0000-4000-8000-00000000000d';
const members = `/v1.0/groups/${groupId}/transitiveMembers`;

const read = (graph: TestGraph, id = groupId) =>
  readGroupMembers({ ...graph, random: () => 1, policy }, id);

/** A page of members, with a link to the next one unless it is the last. */
function page(value: readonly object[], next?: string): Turn {
  return (endpoint) => ({
    body: { value, ...(next === undefined ? {} : { '@odata.nextLink': `${endpoint}${next}` }) },
  });
}

const entraDevice = (number: number) => ({ id: `object-${number}`, deviceId: aDeviceId(number) });

describe('the members of a group', () => {
  it('are its devices, by the id that Intune knows, and its users; all in lower case', async () => {
    const devices = page([{ id: 'object-1', deviceId: aDeviceId(0xabc).toUpperCase() }]);
    const graph = await aGraph(devices, devices, page([{ id: aDeviceId(0xdef).toUpperCase() }]));
    expect(await read(graph)).toEqual({
      deviceIds: new Set([aDeviceId(0xabc)]),
      userIds: new Set([aDeviceId(0xdef)]),
    });
  });

  it('of an empty group are none', async () => {
    expect(await read(await aGraph(page([])))).toEqual({
      deviceIds: new Set(),
      userIds: new Set(),
    });
  });

  it('are read to the last page, with the header of an advanced query on every one', async () => {
    const more = `${members}/microsoft.graph.device?$skiptoken=x`;
    const first = page([entraDevice(1)], more);
    const graph = await aGraph(first, first, page([entraDevice(2)]), page([{ id: 'user-1' }]));
    expect(await read(graph)).toEqual({
      deviceIds: new Set([aDeviceId(1), aDeviceId(2)]),
      userIds: new Set(['user-1']),
    });
    const query = '$count=true&$top=999';
    expect(graph.requests.slice(1).map(({ url }) => url)).toEqual([
      `${members}/microsoft.graph.device?$select=id,deviceId&${query}`,
      more,
      `${members}/microsoft.graph.user?$select=id&${query}`,
    ]);
    expect(new Set(graph.requests.map(({ headers }) => headers['consistencylevel']))).toEqual(
      new Set(['eventual']),
    );
  });

  it('are asked for at one place, whatever stands in the id', async () => {
    const graph = await aGraph(page([]));
    await read(graph, '../users?x');
    expect(graph.requests).toHaveLength(3);
    for (const { url } of graph.requests) {
      expect(url.startsWith('/v1.0/groups/..%2Fusers%3Fx/transitiveMembers/')).toBe(true);
    }
  });
});

describe('a group that cannot be read', () => {
  it('because there is none is named', async () => {
    const graph = await aGraph({ status: 404 });
    await expect(read(graph)).rejects.toMatchObject({ problem: unknownGroup(groupId) });
    expect(graph.requests).toHaveLength(1);
  });

  it('for want of the permission names it', async () => {
    const graph = await aGraph({
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied' } },
    });
    await expect(read(graph)).rejects.toMatchObject({
      problem: missingPermission(['GroupMember.Read.All']),
    });
  });

  it.each([null, undefined])(
    'as to which devices they are (%j) names the permission for that',
    async (deviceId) => {
      const graph = await aGraph(page([entraDevice(1), { id: 'object-2', deviceId }]));
      await expect(read(graph)).rejects.toMatchObject({
        problem: missingPermission(['Device.Read.All']),
      });
    },
  );

  it('to its end fails the list: a part of a group is never passed off as the group', async () => {
    const first = page([entraDevice(1)], `${members}/2`);
    const graph = await aGraph(first, first, { status: 503 });
    const why = 'A page of the list still failed after its retries: status 503.';
    await expect(read(graph)).rejects.toMatchObject({ problem: listingFailed(why) });
  });

  it('for a while is read after it', async () => {
    const busy = { status: 503 };
    const graph = await aGraph(busy, busy, page([entraDevice(1)]), page([]));
    expect((await read(graph)).deviceIds).toEqual(new Set([aDeviceId(1)]));
    expect(graph.sleeps).toEqual([1_000]);
  });
});

describe('a group of a simulated directory', () => {
  const roles = [LIST_DEVICES_ROLE, 'GroupMember.Read.All', 'Device.Read.All'];
  const nestedId = 'aaaaaaaa-0000-4000-8000-00000000000e';
  const groups = [
    { id: groupId, deviceShare: 0.5, nestedGroupIds: [nestedId] },
    { id: nestedId, userShare: 0.3 },
  ];
  const fleet = { devices: 3_000 };

  it('has devices and users of the fleet, over several pages, nested groups included', async () => {
    const { directory, list, simulator } = await aTenant({ fleet, groups }, roles);
    const devices = await list();
    simulator.resetStatistics();
    const { deviceIds, userIds } = await directory.getGroupMembers(groupId);
    expect(deviceIds.size).toBeGreaterThan(999);
    const known = new Set(devices.map(({ entraDeviceId }) => entraDeviceId));
    expect([...deviceIds].filter((id) => !known.has(id))).toEqual([]);
    expect(userIds.size).toBeGreaterThan(0);
    const users = new Set(devices.map(({ userId }) => userId));
    expect([...userIds].filter((id) => !users.has(id))).toEqual([]);
    expect(simulator.statistics().statuses).toEqual({ 200: simulator.statistics().requests });
  });

  it('that does not exist is named', async () => {
    const { directory } = await aTenant({ fleet, groups }, roles);
    const unknown = 'aaaaaaaa-0000-4000-8000-0000000000ff';
    await expect(directory.getGroupMembers(unknown)).rejects.toMatchObject({
      problem: unknownGroup(unknown),
    });
  });

  it.each([['GroupMember.Read.All'], ['Device.Read.All']])(
    'without the role %s names that role',
    async (missing) => {
      const granted = roles.filter((role) => role !== missing);
      const { directory } = await aTenant({ fleet, groups }, granted);
      await expect(directory.getGroupMembers(groupId)).rejects.toMatchObject({
        problem: missingPermission([missing]),
      });
    },
  );

  it('is read through failures', async () => {
    const faults = { rate503: 0.2, throttledRate: 0.2 };
    const quiet = await aTenant({ fleet, groups }, roles);
    const noisy = await aTenant({ fleet: { ...fleet }, groups, faults }, roles);
    expect(await noisy.directory.getGroupMembers(groupId)).toEqual(
      await quiet.directory.getGroupMembers(groupId),
    );
  });
});

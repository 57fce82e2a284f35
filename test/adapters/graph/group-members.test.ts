import { describe, expect, it } from 'vitest';
import { listGroupMembers } from '../../../src/adapters/graph/group-members.ts';
import { listingFailed, missingPermission, unknownGroup } from '../../../src/core/problems.ts';
import { LIST_DEVICES_ROLE, missingRoles } from '../../../src/core/roles.ts';
import type { DeviceDirectory } from '../../../src/use-cases/ports.ts';
import { readGroups } from '../../../src/use-cases/read-groups.ts';
import { collect } from '../../support/collect.ts';
import { aDeviceId } from '../../support/factories.ts';
import { type TestGraph, type Turn, aGraph } from './support/a-graph.ts';
import { aTenant } from './support/a-tenant.ts';

const policy = { maxRetries: 1, initialDelayMs: 1_000, maxDelayMs: 1_000 };
const groupId = 'aaaaaaaa-0000-4000-8000-00000000000d';
const members = `/v1.0/groups/${groupId}/transitiveMembers`;

const list = (graph: TestGraph, id = groupId) =>
  collect(listGroupMembers({ ...graph, random: () => 1, policy }, id));

/** The members of one group as a plan gets them. */
async function readAll(directory: Pick<DeviceDirectory, 'listGroupMembers'>, id = groupId) {
  const groups = await readGroups(directory, [id], () => Promise.resolve());
  return groups.get(id) ?? { deviceIds: new Set<string>(), userIds: new Set<string>() };
}

/** A page of members, with a link to the next one unless it is the last. */
function page(value: readonly object[], next?: string): Turn {
  return (endpoint) => ({
    body: { value, ...(next === undefined ? {} : { '@odata.nextLink': `${endpoint}${next}` }) },
  });
}

const entraDevice = (number: number) => ({ id: `object-${number}`, deviceId: aDeviceId(number) });

describe('the members of a group', () => {
  it('are its devices, by the id that Intune knows, then its users; all in lower case', async () => {
    const devices = page([{ id: 'object-1', deviceId: aDeviceId(0xabc).toUpperCase() }]);
    const graph = await aGraph(devices, page([{ id: aDeviceId(0xdef).toUpperCase() }]));
    expect(await list(graph)).toEqual([
      { deviceIds: [aDeviceId(0xabc)], userIds: [] },
      { deviceIds: [], userIds: [aDeviceId(0xdef)] },
    ]);
  });

  it('of an empty group are none', async () => {
    const nobody = { deviceIds: [], userIds: [] };
    expect(await list(await aGraph(page([])))).toEqual([nobody, nobody]);
  });

  it('are asked for once, to the last page, each with the header of an advanced query', async () => {
    const more = `${members}/microsoft.graph.device?$skiptoken=x`;
    const first = page([entraDevice(1)], more);
    const graph = await aGraph(first, page([entraDevice(2)]), page([{ id: 'user-1' }]));
    expect(await list(graph)).toEqual([
      { deviceIds: [aDeviceId(1)], userIds: [] },
      { deviceIds: [aDeviceId(2)], userIds: [] },
      { deviceIds: [], userIds: ['user-1'] },
    ]);
    const query = '$count=true&$top=999';
    expect(graph.requests.map(({ url }) => url)).toEqual([
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
    await list(graph, '../users?x');
    expect(graph.requests).toHaveLength(2);
    for (const { url } of graph.requests) {
      expect(url.startsWith('/v1.0/groups/..%2Fusers%3Fx/transitiveMembers/')).toBe(true);
    }
  });
});

describe('a group that cannot be read', () => {
  it('because there is none is named', async () => {
    const graph = await aGraph({ status: 404 });
    await expect(list(graph)).rejects.toMatchObject({ problem: unknownGroup(groupId) });
    expect(graph.requests).toHaveLength(1);
  });

  it('for want of the permission names it', async () => {
    const graph = await aGraph({
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied' } },
    });
    await expect(list(graph)).rejects.toMatchObject({
      problem: missingPermission(['GroupMember.Read.All']),
    });
  });

  it.each([null, undefined])(
    'as to which devices they are (%j) names the permission for that',
    async (deviceId) => {
      const graph = await aGraph(page([entraDevice(1), { id: 'object-2', deviceId }]));
      await expect(list(graph)).rejects.toMatchObject({
        problem: missingPermission(['Device.Read.All']),
      });
    },
  );

  it('to its end fails the list: a part of a group is never passed off as the group', async () => {
    const first = page([entraDevice(1)], `${members}/2`);
    const graph = await aGraph(first, { status: 503 });
    const why = 'A page of the list still failed after its retries: status 503.';
    await expect(list(graph)).rejects.toMatchObject({ problem: listingFailed(why) });
  });

  it('for a while is read after it, with an empty page before each wait as a sign of life', async () => {
    const busy = { status: 503 };
    const graph = await aGraph(busy, page([entraDevice(1)]), busy, page([{ id: 'user-1' }]));
    const nobody = { deviceIds: [], userIds: [] };
    expect(await list(graph)).toEqual([
      nobody,
      { deviceIds: [aDeviceId(1)], userIds: [] },
      nobody,
      { deviceIds: [], userIds: ['user-1'] },
    ]);
    expect(graph.sleeps).toEqual([1_000, 1_000]);
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
    const { directory, list: listDevices, simulator } = await aTenant({ fleet, groups }, roles);
    const devices = await listDevices();
    simulator.resetStatistics();
    const { deviceIds, userIds } = await readAll(directory);
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
    await expect(readAll(directory, unknown)).rejects.toMatchObject({
      problem: unknownGroup(unknown),
    });
  });

  it.each([['GroupMember.Read.All'], ['Device.Read.All']])(
    'without the role %s names that role',
    async (missing) => {
      const granted = roles.filter((role) => role !== missing);
      const { directory } = await aTenant({ fleet, groups }, granted);
      await expect(readAll(directory)).rejects.toMatchObject({
        problem: missingPermission([missing]),
      });
    },
  );

  it.each([
    ['Group.Read.All', 'Device.ReadWrite.All'],
    ['GroupMember.ReadWrite.All', 'Directory.Read.All'],
    ['Directory.ReadWrite.All', 'Device.Read.All'],
  ])('is read with the broader roles %s and %s, which a run takes as well', async (...broader) => {
    const granted = [LIST_DEVICES_ROLE, ...broader];
    const { directory } = await aTenant({ fleet, groups }, granted);
    expect(missingRoles(granted, { readsGroups: true })).toEqual([]);
    expect((await readAll(directory)).deviceIds.size).toBeGreaterThan(999);
  });

  it('is read through failures', async () => {
    const faults = { rate503: 0.2, throttledRate: 0.2 };
    const quiet = await aTenant({ fleet, groups }, roles);
    const noisy = await aTenant({ fleet: { ...fleet }, groups, faults }, roles);
    expect(await readAll(noisy.directory)).toEqual(await readAll(quiet.directory));
  });
});

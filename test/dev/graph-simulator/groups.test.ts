import { describe, expect, it } from 'vitest';
import { startGraphSimulator, type GroupOptions } from '../../../dev/graph-simulator/index.ts';
import { aGraph } from './support/a-graph.ts';
import { actionRole, aToken, readRole } from './support/a-token.ts';
import { errorOf, itemsOf, listDevices } from './support/graph-calls.ts';
import {
  asReader,
  deviceRole,
  eventual,
  groupRole,
  listMembers,
  membersOf,
  membersPath,
  userRole,
} from './support/group-calls.ts';

const groupId = 'aaaaaaaa-0000-4000-8000-000000000001';
const otherId = 'aaaaaaaa-0000-4000-8000-000000000002';
const unknownId = 'aaaaaaaa-0000-4000-8000-00000000000f';

const aTenant = (groups: GroupOptions[], devices = 300) => aGraph({ fleet: { devices }, groups });

describe('the devices of a group', () => {
  it('are devices of the fleet, by azureADDeviceId, about as many as asked for', async () => {
    const graph = await aTenant([{ id: groupId, deviceShare: 0.5 }]);
    const fleet = await listDevices(graph, '$select=azureADDeviceId,deviceName');
    const known = new Map(fleet.map((one) => [one['azureADDeviceId'], one['deviceName']]));
    const members = await listMembers(graph, groupId, 'device', '$count=true');
    expect(members.length).toBeGreaterThan(120);
    expect(members.length).toBeLessThan(180);
    for (const member of members) {
      expect(known.get(member['deviceId'])).toBe(member['displayName']);
      expect(member['id']).not.toBe(member['deviceId']);
    }
  });

  it('are the ones named by index, and no device without an Entra registration', async () => {
    const groups = [{ id: groupId, deviceIndexes: [...Array(50).keys()] }];
    const fleet = { devices: 50, unregisteredShare: 0.5 };
    const graph = await aGraph({ fleet, groups });
    const devices = await listDevices(graph, '$select=azureADDeviceId,azureADRegistered');
    const registered = devices.filter((one) => one['azureADRegistered'] === true);
    const members = await listMembers(graph, groupId, 'device');
    expect(members.map(({ deviceId }) => deviceId).toSorted()).toEqual(
      registered.map(({ azureADDeviceId }) => azureADDeviceId).toSorted(),
    );
  });

  it('come 100 a page, and as many as asked for up to 999', async () => {
    const graph = await aTenant([{ id: groupId, deviceShare: 1 }], 1200);
    const first = membersOf(await graph.call(membersPath(groupId, 'device'), asReader()));
    expect(first.members).toHaveLength(100);
    const large = await graph.call(
      membersPath(groupId, 'device', '$count=true&$top=999'),
      asReader(),
    );
    const { members, count, next } = membersOf(large);
    expect(members).toHaveLength(999);
    const rest = membersOf(await graph.call(next ?? '', asReader()));
    expect(rest.members).toHaveLength((count ?? 0) - 999);
    expect(rest.next).toBeUndefined();
    expect(new Set([...members, ...rest.members].map(({ id }) => id)).size).toBe(count);
  });

  it.each(['0', '1000', 'x', ''])('are refused with $top=%s', async (top) => {
    const graph = await aTenant([{ id: groupId }]);
    const path = membersPath(groupId, 'device', `$count=true&$top=${top}`);
    expect(errorOf(await graph.call(path, asReader()))).toMatchObject({
      status: 400,
      message: `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
    });
  });

  it('come with the properties asked for, and a property they do not have is 400', async () => {
    const graph = await aTenant([{ id: groupId, deviceIndexes: [0] }]);
    const [member] = await listMembers(
      graph,
      groupId,
      'device',
      '$count=true&$select=id,deviceId,displayName',
    );
    expect(Object.keys(member ?? {})).toEqual(['id', 'deviceId', 'displayName']);
    const path = membersPath(groupId, 'device', '$count=true&$select=shoes');
    expect(errorOf(await graph.call(path, asReader())).message).toContain(
      "'shoes' on type 'microsoft.graph.device'",
    );
  });

  it('are the same each time', async () => {
    const [one, two] = [
      await aTenant([{ id: groupId, deviceShare: 0.3 }]),
      await aTenant([{ id: groupId, deviceShare: 0.3 }]),
    ];
    expect(await listMembers(one, groupId, 'device')).toEqual(
      await listMembers(two, groupId, 'device'),
    );
  });
});

describe('a cast', () => {
  const unsupported = { status: 400, code: 'Request_UnsupportedQuery' };

  it.each([
    ['without the header', '$count=true', {}],
    ['with another consistency', '$count=true', { ConsistencyLevel: 'session' }],
    ['without $count', '$select=id', eventual],
    ['with $count=false', '$count=false', eventual],
    ['with $filter', "$count=true&$filter=displayName eq 'x'", eventual],
  ])('%s is refused', async (_, query, headers) => {
    const graph = await aTenant([{ id: groupId, deviceShare: 1 }]);
    for (const cast of ['device', 'user']) {
      const path = membersPath(groupId, cast, query);
      expect(errorOf(await graph.call(path, { ...asReader(), headers }))).toMatchObject(
        unsupported,
      );
    }
  });

  it('needs the header on the next page as well', async () => {
    const graph = await aTenant([{ id: groupId, deviceShare: 1 }]);
    const { next } = membersOf(await graph.call(membersPath(groupId, 'device'), asReader()));
    const { token } = asReader();
    expect(errorOf(await graph.call(next ?? '', { token }))).toMatchObject(unsupported);
    expect((await graph.call(next ?? '', asReader())).status).toBe(200);
  });

  it('takes the header in a batch from the item', async () => {
    const graph = await aTenant([{ id: groupId, deviceIndexes: [1] }]);
    const url = membersPath(groupId, 'device').replace('/v1.0', '');
    const token = aToken({ roles: [groupRole] });
    const answer = await graph.call('/v1.0/$batch', {
      method: 'POST',
      token,
      headers: eventual,
      body: {
        requests: [
          { id: '1', method: 'GET', url, headers: eventual },
          { id: '2', method: 'GET', url },
        ],
      },
    });
    expect(itemsOf(answer).map(({ status }) => status)).toEqual([200, 400]);
  });

  it('to a kind of member that is not simulated does not exist', async () => {
    const graph = await aTenant([{ id: groupId }]);
    expect((await graph.call(membersPath(groupId, 'contact'), asReader())).status).toBe(400);
  });
});

describe('the users of a group', () => {
  it('are users of the fleet, some of whom have several devices', async () => {
    const graph = await aTenant([{ id: groupId, userShare: 1 }]);
    const devices = await listDevices(graph, '$select=userId,userPrincipalName');
    const owners = new Map(devices.map((one) => [one['userId'], one['userPrincipalName']]));
    const members = await listMembers(graph, groupId, 'user');
    expect(new Map(members.map((one) => [one['id'], one['userPrincipalName']]))).toEqual(owners);
    expect(owners.size).toBeLessThan(devices.length);
  });

  it('are about as many as asked for', async () => {
    const graph = await aTenant([{ id: groupId, userShare: 0.25 }], 1000);
    const { count } = membersOf(await graph.call(membersPath(groupId, 'user'), asReader()));
    // Four of five devices are their user's first one.
    expect(count).toBeGreaterThan(150);
    expect(count).toBeLessThan(250);
  });
});

describe('all members of a group', () => {
  const groups = [
    { id: groupId, deviceIndexes: [0, 1], nestedGroupIds: [otherId] },
    { id: otherId, deviceIndexes: [1, 2], userShare: 1, nestedGroupIds: [groupId] },
  ];

  it('are listed without header and $count, each with its kind, nested ones included', async () => {
    const graph = await aGraph({ fleet: { devices: 4, unregisteredShare: 0 }, groups });
    const { token } = asReader();
    const path = membersPath(groupId, undefined, '$select=id,deviceId');
    const { members, count } = membersOf(await graph.call(path, { token }));
    const ofKind = (kind: string) =>
      members.filter((one) => one['@odata.type'] === `#microsoft.graph.${kind}`);
    expect(ofKind('group')).toEqual([{ '@odata.type': '#microsoft.graph.group', id: otherId }]);
    expect(ofKind('device').map((one) => Object.keys(one))).toEqual(
      Array(3).fill(['@odata.type', 'id', 'deviceId']),
    );
    expect(ofKind('user').length).toBeGreaterThan(0);
    expect(ofKind('user').length + 4).toBe(members.length);
    expect(count).toBeUndefined();
  });

  it('are paged, and counted when that is asked for', async () => {
    const graph = await aGraph({ fleet: { devices: 4, unregisteredShare: 0 }, groups });
    const pages = await listMembers(graph, groupId, undefined, '$top=2');
    const path = membersPath(groupId, undefined, '$count=true&$top=1');
    const { count, members } = membersOf(await graph.call(path, asReader()));
    expect(members).toHaveLength(1);
    expect(new Set(pages.map(({ id }) => id)).size).toBe(count);
  });
});

describe('access to groups', () => {
  it('needs a role for members; the refusal does not name it', async () => {
    const graph = await aTenant([{ id: groupId }]);
    const roles = [readRole, actionRole, deviceRole];
    expect(errorOf(await graph.call(membersPath(groupId, 'device'), asReader(roles)))).toEqual({
      status: 403,
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    });
  });

  it('shows no more than the ids of what the app may not read', async () => {
    const graph = await aTenant([{ id: groupId, deviceIndexes: [3], userShare: 1 }]);
    const select = '$count=true&$select=id,deviceId,displayName';
    const read = async (cast: string, roles: string[], query = select) =>
      membersOf(await graph.call(membersPath(groupId, cast, query), asReader(roles))).members[0];
    const [full] = await listMembers(graph, groupId, 'device', select);
    expect(await read('device', [groupRole])).toEqual({
      id: full?.['id'],
      deviceId: null,
      displayName: null,
    });
    expect(await read('device', [groupRole, deviceRole])).toEqual(full);
    const names = '$count=true&$select=displayName';
    expect(await read('user', [groupRole], names)).toEqual({ displayName: null });
    expect(await read('user', [groupRole, userRole], names)).toEqual({
      displayName: expect.stringContaining('User ') as string,
    });
  });

  it('to an unknown group is 404', async () => {
    const graph = await aTenant([{ id: groupId }]);
    for (const cast of [undefined, 'device', 'user']) {
      expect(errorOf(await graph.call(membersPath(unknownId, cast), asReader()))).toEqual({
        status: 404,
        code: 'Request_ResourceNotFound',
        message: `Resource '${unknownId}' does not exist or one of its queried reference-property objects are not present.`,
      });
    }
  });

  it('with a token of another listing is 400', async () => {
    const graph = await aTenant([{ id: groupId }]);
    const path = membersPath(groupId, 'device', '$count=true&$skiptoken=abc');
    expect(errorOf(await graph.call(path, asReader())).message).toContain('$skiptoken');
  });

  it('costs nothing of the quotas of Intune', async () => {
    const groups = [{ id: groupId, deviceShare: 1 }];
    const graph = await aGraph({ groups, quota: { appRequests: 0 } });
    expect((await graph.call(membersPath(groupId, 'device'), asReader())).status).toBe(200);
  });

  it.each([
    [{ rate500: 1 }, 500, 'UnknownError'],
    [{ rate503: 1 }, 503, 'ServiceUnavailable'],
    [{ throttledRate: 1 }, 429, 'TooManyRequests'],
  ])('fails with %j in the shape of Graph, not of Intune', async (faults, status, code) => {
    const graph = await aGraph({ groups: [{ id: groupId }], faults });
    const error = errorOf(await graph.call(membersPath(groupId, 'device'), asReader()));
    expect(error).toMatchObject({ status, code });
    expect(error.message).not.toContain('Activity ID');
  });
});

describe('groups that cannot be', () => {
  it.each([
    [[{ id: 'x' }], 'groups.0.id: a GUID is expected'],
    [[{ id: groupId }, { id: groupId.toUpperCase() }], 'groups.1.id: '],
    [[{ id: groupId, deviceShare: 2 }], 'groups.0.deviceShare: '],
    [[{ id: groupId, deviceIndexes: [30] }], 'groups.0.deviceIndexes: the fleet has no device 30'],
    [[{ id: groupId, nestedGroupIds: [otherId] }], `groups.0.nestedGroupIds: there is no group`],
  ])('%j are refused by name', async (groups, message) => {
    const certificate = { key: '', cert: '' };
    const start = startGraphSimulator({ certificate, fleet: { devices: 30 }, groups });
    await expect(start).rejects.toThrow(message);
  });
});

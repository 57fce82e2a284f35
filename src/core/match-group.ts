import type { DeviceTest } from './match-filter.ts';
import type { GroupMembers } from './match-scope.ts';

/** What Intune reports as the Entra id of a device that Entra does not know. */
const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/**
 * The test for devices that belong to any of the groups, by themselves or by their user.
 *
 * @throws Error naming a group whose members `groups` does not hold: taking it for an empty
 *   group would sync too little, or, in an exclusion, too much
 */
export function groupTest(
  groupIds: readonly string[],
  groups: ReadonlyMap<string, GroupMembers>,
): DeviceTest {
  const members = groupIds.map((groupId) => membersOf(groupId, groups));
  const deviceIds = union(members.map((group) => group.deviceIds));
  const userIds = union(members.map((group) => group.userIds));
  return ({ entraDeviceId, userId }) => hasId(deviceIds, entraDeviceId) || hasId(userIds, userId);
}

function membersOf(groupId: string, groups: ReadonlyMap<string, GroupMembers>): GroupMembers {
  const members = groups.get(groupId.toLowerCase());
  if (members !== undefined) return members;
  throw new Error(`The members of the group ${groupId} were not read before the scope was used.`);
}

/** One set, so that a device costs the same however many groups are named. */
function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [only] = sets;
  if (only !== undefined && sets.length === 1) return only;
  const all = new Set<string>();
  for (const set of sets) for (const id of set) all.add(id);
  return all;
}

function hasId(ids: ReadonlySet<string>, id: string): boolean {
  return id !== '' && id !== ZERO_GUID && ids.has(id.toLowerCase());
}

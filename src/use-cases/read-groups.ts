import type { GroupMembers } from '../core/match-scope.ts';
import type { DeviceDirectory } from './ports.ts';

/**
 * Reads groups to the last page of each.
 *
 * @param signOfLife called between the pages
 * @returns the members of each group, by its id in lower case
 * @throws ListingError
 */
export async function readGroups(
  directory: Pick<DeviceDirectory, 'listGroupMembers'>,
  groupIds: readonly string[],
  signOfLife: () => Promise<void>,
): Promise<ReadonlyMap<string, GroupMembers>> {
  const groups = new Map<string, GroupMembers>();
  for (const id of groupIds) {
    const deviceIds = new Set<string>();
    const userIds = new Set<string>();
    for await (const page of directory.listGroupMembers(id)) {
      for (const deviceId of page.deviceIds) deviceIds.add(deviceId);
      for (const userId of page.userIds) userIds.add(userId);
      await signOfLife();
    }
    groups.set(id.toLowerCase(), { deviceIds, userIds });
  }
  return groups;
}
